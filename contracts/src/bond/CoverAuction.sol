// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {CoverVault} from "./CoverVault.sol";

/// @title CoverAuction
/// @notice Raises cover capital at a falling price. A unit of capital goes into the vault at par; underwriters pay
/// the price of the moment for it and the auction's premium pot pays the rest, so the discount is their premium.
/// When it is over the raised capital becomes a policy; underwriters collect their shares when that has ended.
contract CoverAuction is Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    /// @param target capital to raise, raw asset units
    /// @param startPrice price of one unit of capital at the start, 1e18 is par; never above par
    /// @param reservePrice price at the end; 1e18 - reservePrice is the dearest premium
    /// @param duration seconds over which the price falls
    /// @param term seconds the policy runs from settlement
    /// @param holder who is covered
    struct Terms {
        uint256 target;
        uint256 startPrice;
        uint256 reservePrice;
        uint32 duration;
        uint32 term;
        address holder;
    }

    /// @param sold capital raised, raw units
    /// @param pot premium money left, raw units
    /// @param maturity unix seconds from which shares can be collected; 0 until settled
    /// @param policy the vault's policy; 0 if nothing was sold
    struct Sale {
        uint48 start;
        uint256 sold;
        uint256 pot;
        uint48 maturity;
        uint256 policy;
    }

    event AuctionOpened(uint256 indexed auction, Terms terms, uint256 pot);
    event CoverSold(
        uint256 indexed auction, address indexed underwriter, uint256 capital, uint256 price, uint256 premium, uint256 shares
    );
    event AuctionSettled(uint256 indexed auction, uint256 indexed policy, uint256 cover, uint256 potReturned);
    event SharesCollected(uint256 indexed auction, address indexed underwriter, uint256 shares);

    error PriceOutOfRange(uint256 startPrice, uint256 reservePrice);
    error ZeroTerm();
    error UnknownAuction(uint256 auction);
    error AuctionOver(uint256 auction);
    error AuctionRunning(uint256 auction);
    error PriceAboveMaximum(uint256 price, uint256 maximum);
    error NotMature(uint256 auction, uint48 maturity);
    error NothingToCollect(uint256 auction, address underwriter);

    uint256 public constant PAR = 1e18;

    CoverVault public immutable vault;
    IERC20 public immutable asset;

    uint256 public auctionCount;
    mapping(uint256 auction => Terms) public termsOf;
    mapping(uint256 auction => Sale) public saleOf;
    mapping(uint256 auction => mapping(address underwriter => uint256)) public sharesOf;

    constructor(CoverVault vault_, address owner) Ownable(owner) {
        vault = vault_;
        asset = IERC20(vault_.asset());
        asset.forceApprove(address(vault_), type(uint256).max);
    }

    /// @notice Opens an auction and takes the largest premium it may cost from the caller. Owner only.
    function open(Terms calldata terms) external onlyOwner returns (uint256 auction) {
        require(
            terms.reservePrice != 0 && terms.reservePrice <= terms.startPrice && terms.startPrice <= PAR,
            PriceOutOfRange(terms.startPrice, terms.reservePrice)
        );
        require(terms.duration != 0 && terms.term != 0 && terms.target != 0, ZeroTerm());
        auction = ++auctionCount;
        uint256 pot = _premium(terms.target, terms.reservePrice);
        termsOf[auction] = terms;
        saleOf[auction] = Sale(uint48(block.timestamp), 0, pot, 0, 0);
        asset.safeTransferFrom(msg.sender, address(this), pot);
        emit AuctionOpened(auction, terms, pot);
    }

    /// @notice Buys up to `capital` units at the price of the moment; less if less is left.
    /// @param maximumPrice the most the caller pays per unit, 1e18 is par
    /// @return bought capital bought, raw units
    function bid(uint256 auction, uint256 capital, uint256 maximumPrice) external returns (uint256 bought) {
        require(!isOver(auction), AuctionOver(auction));
        uint256 price = priceOf(auction);
        require(price <= maximumPrice, PriceAboveMaximum(price, maximumPrice));
        Sale storage sale = saleOf[auction];
        bought = Math.min(capital, termsOf[auction].target - sale.sold);
        uint256 premium = _premium(bought, price);
        sale.sold += bought;
        sale.pot -= premium;
        asset.safeTransferFrom(msg.sender, address(this), bought - premium);
        uint256 shares = vault.deposit(bought, address(this));
        sharesOf[auction][msg.sender] += shares;
        emit CoverSold(auction, msg.sender, bought, price, premium, shares);
    }

    /// @notice Ends an auction that is sold out or out of time: issues the policy, returns the rest of the pot to
    /// the owner. Anyone may call.
    function settle(uint256 auction) external {
        Sale storage sale = saleOf[auction];
        require(isOver(auction), AuctionRunning(auction));
        require(sale.maturity == 0, AuctionOver(auction));
        Terms storage terms = termsOf[auction];
        uint48 expiry = uint48(block.timestamp) + terms.term;
        sale.maturity = expiry + vault.REPORT_PERIOD();
        // A claim paid between sale and settlement has eaten some of the capital; only what is left can cover.
        uint256 cover = Math.min(sale.sold, vault.freeAssets());
        if (cover != 0) sale.policy = vault.issuePolicy(terms.holder, cover, expiry);
        uint256 pot = sale.pot;
        sale.pot = 0;
        asset.safeTransfer(owner(), pot);
        emit AuctionSettled(auction, sale.policy, cover, pot);
    }

    /// @notice Hands the caller's vault shares over once the policy has ended.
    function collect(uint256 auction) external returns (uint256 shares) {
        uint48 maturity = saleOf[auction].maturity;
        require(maturity != 0 && block.timestamp > maturity, NotMature(auction, maturity));
        shares = sharesOf[auction][msg.sender];
        require(shares != 0, NothingToCollect(auction, msg.sender));
        sharesOf[auction][msg.sender] = 0;
        IERC20(address(vault)).safeTransfer(msg.sender, shares);
        emit SharesCollected(auction, msg.sender, shares);
    }

    /// @notice Price of one unit of capital now, 1e18 is par; falls in a straight line.
    function priceOf(uint256 auction) public view returns (uint256) {
        Terms storage terms = termsOf[auction];
        Sale storage sale = saleOf[auction];
        require(sale.start != 0, UnknownAuction(auction));
        uint256 elapsed = Math.min(block.timestamp - sale.start, terms.duration);
        return terms.startPrice - (terms.startPrice - terms.reservePrice) * elapsed / terms.duration;
    }

    /// @notice Whether the auction is sold out or out of time.
    function isOver(uint256 auction) public view returns (bool) {
        Sale storage sale = saleOf[auction];
        require(sale.start != 0, UnknownAuction(auction));
        return sale.sold == termsOf[auction].target || block.timestamp >= sale.start + termsOf[auction].duration;
    }

    // Rounded down, so the pot, which is one premium on the whole at the dearest price, covers any split into bids.
    function _premium(uint256 capital, uint256 price) private pure returns (uint256) {
        return capital.mulDiv(PAR - price, PAR);
    }
}
