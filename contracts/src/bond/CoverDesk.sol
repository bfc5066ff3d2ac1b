// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {CoverAuction} from "./CoverAuction.sol";

/// @title CoverDesk
/// @notice Lets a keeper raise cover by auction without a vote: on terms the owner (timelock) set, one auction at a
/// time, paid out of premium money the owner put here. The keeper can spend it on nothing else.
contract CoverDesk is Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    /// @param startPrice, reservePrice, duration, term, holder as in CoverAuction.Terms
    /// @param mostCapital the most one auction raises, raw asset units
    struct Terms {
        uint256 startPrice;
        uint256 reservePrice;
        uint32 duration;
        uint32 term;
        address holder;
        uint256 mostCapital;
    }

    event KeeperSet(address keeper);
    event TermsSet(Terms terms);
    event Raising(uint256 indexed auction, uint256 capital);

    error NotKeeper(address caller);
    error AlreadyRaising(uint256 auction);
    error CapitalOutOfRange(uint256 capital, uint256 most);

    CoverAuction public immutable auctions;
    IERC20 public immutable asset;
    /// @notice Who may open auctions.
    address public keeper;
    /// @notice The auction opened last; 0 before the first.
    uint256 public current;

    Terms private _terms;

    constructor(CoverAuction auctions_, address owner, address keeper_, Terms memory terms_) Ownable(owner) {
        auctions = auctions_;
        asset = auctions_.asset();
        _setKeeper(keeper_);
        _setTerms(terms_);
        asset.forceApprove(address(auctions_), type(uint256).max);
    }

    /// @notice Opens an auction for `capital`, after settling the one before if it is over. Keeper only.
    function raise(uint256 capital) external returns (uint256 auction) {
        require(msg.sender == keeper, NotKeeper(msg.sender));
        if (isRaising()) {
            require(auctions.isOver(current), AlreadyRaising(current));
            auctions.settle(current);
        }
        uint256 most = mostCapital();
        require(capital != 0 && capital <= most, CapitalOutOfRange(capital, most));
        auction = auctions.open(
            CoverAuction.Terms({
                target: capital,
                startPrice: _terms.startPrice,
                reservePrice: _terms.reservePrice,
                duration: _terms.duration,
                term: _terms.term,
                holder: _terms.holder
            })
        );
        current = auction;
        emit Raising(auction, capital);
    }

    /// @notice Takes premium money back. Owner only.
    function withdraw(address to, uint256 amount) external onlyOwner {
        asset.safeTransfer(to, amount);
    }

    /// @notice Names the keeper; zero stops raising. Owner only.
    function setKeeper(address keeper_) external onlyOwner {
        _setKeeper(keeper_);
    }

    /// @notice Sets the terms of auctions to come. Owner only.
    function setTerms(Terms calldata terms_) external onlyOwner {
        _setTerms(terms_);
    }

    /// @notice Whether the last auction has not been settled yet.
    function isRaising() public view returns (bool) {
        if (current == 0) return false;
        (,,, uint48 maturity,) = auctions.saleOf(current);
        return maturity == 0;
    }

    /// @notice The most that can be raised now: what the terms allow and the premium money here pays for, raw units.
    function mostCapital() public view returns (uint256) {
        uint256 par = auctions.PAR();
        uint256 dearest = par - _terms.reservePrice;
        uint256 paid = dearest == 0 ? type(uint256).max : asset.balanceOf(address(this)).mulDiv(par, dearest);
        return Math.min(_terms.mostCapital, paid);
    }

    /// @notice What a keeper must know before it raises, of one moment.
    /// @return raising capital of an auction that is not settled, raw units
    /// @return most see mostCapital
    /// @return decimals of the asset
    function standing() external view returns (uint256 raising, uint256 most, uint8 decimals) {
        if (isRaising()) (raising,,,,,) = auctions.termsOf(current);
        return (raising, mostCapital(), IERC20Metadata(address(asset)).decimals());
    }

    /// @notice The terms of auctions to come.
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    function _setKeeper(address keeper_) private {
        keeper = keeper_;
        emit KeeperSet(keeper_);
    }

    function _setTerms(Terms memory terms_) private {
        _terms = terms_;
        emit TermsSet(terms_);
    }
}
