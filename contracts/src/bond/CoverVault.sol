// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title CoverVault
/// @notice An ERC-4626 insurance pool. Cover is sold only against assets that are there, and those assets cannot
/// leave before the cover has run out, so every accepted claim is paid in full. Shares leave through an unlock
/// queue; nothing leaves while a claim is open.
contract CoverVault is ERC4626, AccessControl {
    using SafeERC20 for IERC20;
    using Math for uint256;

    enum ClaimState {
        None,
        Open,
        Accepted,
        Rejected
    }

    /// @param cover raw asset units still covered
    /// @param expiry unix seconds; a loss is reported at most REPORT_PERIOD later
    struct Policy {
        address holder;
        uint256 cover;
        uint48 expiry;
        bool hasOpenClaim;
    }

    /// @param decideBy unix seconds after which silence pays the claim
    struct Claim {
        uint256 policy;
        address to;
        uint256 amount;
        uint48 decideBy;
        ClaimState state;
    }

    /// @param shares waiting; they still bear losses
    /// @param readyAt unix seconds; they can be redeemed for UNLOCK_WINDOW from then on
    struct Unlock {
        uint256 shares;
        uint48 readyAt;
    }

    event PolicyIssued(uint256 indexed policy, address indexed holder, uint256 cover, uint48 expiry);
    event PolicyExpired(uint256 indexed policy, uint256 cover);
    event ClaimFiled(
        uint256 indexed claim, uint256 indexed policy, address to, uint256 amount, uint48 decideBy, string evidence
    );
    event ClaimAccepted(uint256 indexed claim, address indexed to, uint256 amount);
    event PayoutCollected(address indexed to, uint256 amount);
    event ClaimRejected(uint256 indexed claim, uint256 forfeited);
    event UnlockRequested(address indexed owner, uint256 shares, uint48 readyAt);
    event UnlockCancelled(address indexed owner);

    error CoverAboveAssets(uint256 cover, uint256 available);
    error NotHolder(address caller);
    error ClaimAboveCover(uint256 amount, uint256 cover);
    error ZeroAmount();
    error ZeroRecipient();
    error ReportingOver(uint256 policy);
    error PolicyRunning(uint256 policy);
    error ClaimOpen(uint256 policy);
    error ClaimNotOpen(uint256 claim);
    error DecisionOver(uint256 claim);
    error DecisionPending(uint256 claim);
    error SharesUnlocking(address owner, uint256 shares);
    error UnlockAboveBalance(uint256 shares, uint256 balance);
    error ExpiryPassed(uint48 expiry);

    /// @notice May sell cover: the auction.
    bytes32 public constant UNDERWRITER_ROLE = keccak256("UNDERWRITER_ROLE");
    /// @notice Decides on claims: the timelock or a claims committee.
    bytes32 public constant ASSESSOR_ROLE = keccak256("ASSESSOR_ROLE");

    uint48 public constant REPORT_PERIOD = 14 days;
    uint48 public constant DECISION_PERIOD = 7 days;
    uint48 public constant UNLOCK_WINDOW = 7 days;

    /// @notice Seconds a share waits before it can leave; longer than an attack takes to be noticed.
    uint32 public immutable unlockDelay;
    /// @notice Raw units a claimant leaves with a claim and loses if it is rejected.
    uint256 public immutable claimDeposit;

    /// @notice Cover of all policies that have not ended, raw units.
    uint256 public coverInForce;
    /// @notice Claimants' deposits and payouts not yet collected, raw units; they belong to no share.
    uint256 public heldForClaimants;
    /// @notice Claims that wait for a decision.
    uint256 public openClaims;
    uint256 public policyCount;
    uint256 public claimCount;

    mapping(uint256 policy => Policy) public policyOf;
    mapping(uint256 claim => Claim) public claimOf;
    mapping(address owner => Unlock) public unlockOf;
    /// @notice What accepted claims owe and nobody has collected, raw units.
    mapping(address to => uint256) public payoutOf;

    constructor(IERC20 asset_, address admin, uint32 unlockDelay_, uint256 claimDeposit_)
        ERC20("Cutwater Cover", "CWC")
        ERC4626(asset_)
    {
        unlockDelay = unlockDelay_;
        claimDeposit = claimDeposit_;
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(ASSESSOR_ROLE, admin);
    }

    /// @notice Sells `cover` to `holder` until `expiry`. Underwriter only.
    function issuePolicy(address holder, uint256 cover, uint48 expiry)
        external
        onlyRole(UNDERWRITER_ROLE)
        returns (uint256 policy)
    {
        require(cover != 0, ZeroAmount());
        require(cover <= freeAssets(), CoverAboveAssets(cover, freeAssets()));
        require(expiry > block.timestamp, ExpiryPassed(expiry));
        policy = ++policyCount;
        policyOf[policy] = Policy(holder, cover, expiry, false);
        coverInForce += cover;
        emit PolicyIssued(policy, holder, cover, expiry);
    }

    /// @notice Files a claim with the claim deposit; one at a time per policy. Policy holder only.
    /// @param to who is paid
    /// @param evidence where the loss can be read: transactions, a report
    function fileClaim(uint256 policy, address to, uint256 amount, string calldata evidence)
        external
        returns (uint256 claim)
    {
        Policy storage covered = policyOf[policy];
        require(msg.sender == covered.holder, NotHolder(msg.sender));
        require(amount != 0, ZeroAmount());
        require(to != address(0) && to != address(this), ZeroRecipient());
        require(amount <= covered.cover, ClaimAboveCover(amount, covered.cover));
        require(block.timestamp <= covered.expiry + REPORT_PERIOD, ReportingOver(policy));
        require(!covered.hasOpenClaim, ClaimOpen(policy));
        covered.hasOpenClaim = true;
        openClaims++;
        claim = ++claimCount;
        uint48 decideBy = uint48(block.timestamp) + DECISION_PERIOD;
        claimOf[claim] = Claim(policy, to, amount, decideBy, ClaimState.Open);
        heldForClaimants += claimDeposit;
        IERC20(asset()).safeTransferFrom(msg.sender, address(this), claimDeposit);
        emit ClaimFiled(claim, policy, to, amount, decideBy, evidence);
    }

    /// @notice Accepts or rejects a claim in time. Assessor only.
    function decideClaim(uint256 claim, bool accepted) external onlyRole(ASSESSOR_ROLE) {
        require(claimOf[claim].state == ClaimState.Open, ClaimNotOpen(claim));
        require(block.timestamp < claimOf[claim].decideBy, DecisionOver(claim));
        if (accepted) _acceptClaim(claim);
        else _rejectClaim(claim);
    }

    /// @notice Clean-up, open to all: accepts a claim the assessor left undecided, so that none is stranded.
    function settleClaim(uint256 claim) external {
        require(claimOf[claim].state == ClaimState.Open, ClaimNotOpen(claim));
        require(block.timestamp >= claimOf[claim].decideBy, DecisionPending(claim));
        _acceptClaim(claim);
    }

    /// @notice Clean-up, open to all: sends `to` what accepted claims owe it.
    /// @dev Apart from the decision, so that a recipient the asset refuses blocks nobody but itself.
    function collectPayout(address to) external {
        uint256 amount = payoutOf[to];
        require(amount != 0, ZeroAmount());
        payoutOf[to] = 0;
        heldForClaimants -= amount;
        IERC20(asset()).safeTransfer(to, amount);
        emit PayoutCollected(to, amount);
    }

    /// @notice Clean-up, open to all: frees the assets behind a policy that has ended.
    function expirePolicy(uint256 policy) external {
        Policy storage covered = policyOf[policy];
        require(block.timestamp > covered.expiry + REPORT_PERIOD, PolicyRunning(policy));
        require(!covered.hasOpenClaim, ClaimOpen(policy));
        uint256 cover = covered.cover;
        require(cover != 0, ZeroAmount());
        covered.cover = 0;
        coverInForce -= cover;
        emit PolicyExpired(policy, cover);
    }

    /// @notice Queues `shares` of the caller for leaving; replaces an earlier request and restarts the wait.
    function requestUnlock(uint256 shares) external {
        uint256 balance = balanceOf(msg.sender);
        require(shares != 0, ZeroAmount());
        require(shares <= balance, UnlockAboveBalance(shares, balance));
        uint48 readyAt = uint48(block.timestamp) + unlockDelay;
        unlockOf[msg.sender] = Unlock(shares, readyAt);
        emit UnlockRequested(msg.sender, shares, readyAt);
    }

    /// @notice Takes the caller's shares out of the queue.
    function cancelUnlock() external {
        delete unlockOf[msg.sender];
        emit UnlockCancelled(msg.sender);
    }

    /// @notice Assets that belong to shares: the balance without what claimants hold, raw units.
    function totalAssets() public view override returns (uint256) {
        return IERC20(asset()).balanceOf(address(this)) - heldForClaimants;
    }

    /// @notice Assets that back no cover: what can be sold as cover or can leave, raw units.
    function freeAssets() public view returns (uint256) {
        return totalAssets().saturatingSub(coverInForce);
    }

    /// @notice No deposit into a vault whose shares a claim has made worthless: new money would pay for old losses.
    function maxDeposit(address) public view override returns (uint256) {
        return _isWipedOut() ? 0 : type(uint256).max;
    }

    /// @notice See maxDeposit.
    function maxMint(address) public view override returns (uint256) {
        return _isWipedOut() ? 0 : type(uint256).max;
    }

    /// @notice Shares `owner` can redeem now: unlocked, free of cover, and none while a claim is open.
    function maxRedeem(address owner) public view override returns (uint256) {
        Unlock memory unlock = unlockOf[owner];
        bool isReady = block.timestamp >= unlock.readyAt && block.timestamp < unlock.readyAt + UNLOCK_WINDOW;
        if (openClaims != 0 || !isReady) return 0;
        // Rounding down would leave the last share behind in a vault that owes nothing.
        if (coverInForce == 0) return unlock.shares;
        return Math.min(unlock.shares, _convertToShares(freeAssets(), Math.Rounding.Floor));
    }

    /// @dev Shares in the queue cannot be handed on, or they would leave on another account's wait.
    function _update(address from, address to, uint256 shares) internal override {
        if (from != address(0) && to != address(0)) {
            uint256 unlocking = unlockOf[from].shares;
            require(balanceOf(from) >= unlocking + shares, SharesUnlocking(from, unlocking));
        }
        super._update(from, to, shares);
    }

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares)
        internal
        override
    {
        unlockOf[owner].shares -= shares;
        super._withdraw(caller, receiver, owner, assets, shares);
    }

    function _acceptClaim(uint256 claim) private {
        Claim storage filed = claimOf[claim];
        filed.state = ClaimState.Accepted;
        _closeClaim(filed.policy);
        policyOf[filed.policy].cover -= filed.amount;
        coverInForce -= filed.amount;
        heldForClaimants += filed.amount;
        payoutOf[filed.to] += filed.amount + claimDeposit;
        emit ClaimAccepted(claim, filed.to, filed.amount);
    }

    function _rejectClaim(uint256 claim) private {
        claimOf[claim].state = ClaimState.Rejected;
        _closeClaim(claimOf[claim].policy);
        heldForClaimants -= claimDeposit;
        emit ClaimRejected(claim, claimDeposit);
    }

    function _closeClaim(uint256 policy) private {
        policyOf[policy].hasOpenClaim = false;
        openClaims--;
    }

    function _isWipedOut() private view returns (bool) {
        return totalSupply() != 0 && totalAssets() == 0;
    }
}
