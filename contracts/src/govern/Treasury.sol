// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Treasury
/// @notice Holds the ladder's budget in three layers, 40/40/20 at first. The controller tilts the weights within
/// bounds and no faster than `speedBps` per hour; the owner (timelock) sets the bounds and spends.
contract Treasury is Ownable {
    using SafeERC20 for IERC20;

    /// @notice Near is guard, mid is bond, far is govern.
    enum Layer {
        Near,
        Mid,
        Far
    }

    event Deposited(address indexed payer, uint256 amount, uint256[3] balances);
    event Tilted(uint256[3] weightsBps, uint256[3] balances);
    event Spent(Layer indexed layer, address indexed to, uint256 amount);
    event ControllerSet(address controller);
    event BoundsSet(uint256[3] floorBps, uint256[3] capBps, uint256 speedBps);

    error NotController(address caller);
    error WeightsNotWhole(uint256 sumBps);
    error OutOfBounds(Layer layer, uint256 weightBps, uint256 floorBps, uint256 capBps);
    error TooFast(Layer layer, uint256 changeBps, uint256 allowedBps);
    error LayerTooSmall(Layer layer, uint256 amount, uint256 balance);

    uint256 public constant WHOLE = 10_000;
    uint256 private constant LAYERS = 3;
    uint256 private constant DEFAULT_WEIGHT_NEAR = 4_000;
    uint256 private constant DEFAULT_WEIGHT_MID = 4_000;
    uint256 private constant DEFAULT_WEIGHT_FAR = 2_000;

    IERC20 public immutable asset;
    /// @notice Who tilts.
    address public controller;
    /// @notice How much a weight may change per hour, basis points; room unused for over an hour is lost.
    uint256 public speedBps;
    /// @notice When the weights last changed, unix seconds.
    uint48 public tiltedAt;

    uint256[3] private _weightsBps = [DEFAULT_WEIGHT_NEAR, DEFAULT_WEIGHT_MID, DEFAULT_WEIGHT_FAR];
    uint256[3] private _balances;
    uint256[3] private _floorBps;
    uint256[3] private _capBps;

    constructor(
        IERC20 asset_,
        address owner,
        address controller_,
        uint256[3] memory floorBps,
        uint256[3] memory capBps,
        uint256 speedBps_
    ) Ownable(owner) {
        asset = asset_;
        tiltedAt = uint48(block.timestamp);
        _setController(controller_);
        _setBounds(floorBps, capBps, speedBps_);
    }

    /// @notice Pays in; each layer gets its weight, the last one the odd units.
    function deposit(uint256 amount) external {
        uint256[3] memory parts = _split(amount);
        for (uint256 i; i < LAYERS; i++) _balances[i] += parts[i];
        asset.safeTransferFrom(msg.sender, address(this), amount);
        emit Deposited(msg.sender, amount, _balances);
    }

    /// @notice Changes the weights and moves the balances to match. Controller only.
    /// @param weightsBps near, mid, far in basis points; they must make 10,000
    function tilt(uint256[3] calldata weightsBps) external {
        require(msg.sender == controller, NotController(msg.sender));
        uint256 allowed = allowedChangeBps();
        for (uint256 i; i < LAYERS; i++) {
            uint256 change = _distance(weightsBps[i], _weightsBps[i]);
            require(change <= allowed, TooFast(Layer(i), change, allowed));
        }
        _requireWithinBounds(weightsBps);
        _weightsBps = weightsBps;
        tiltedAt = uint48(block.timestamp);
        _balances = _split(totalBalance());
        emit Tilted(weightsBps, _balances);
    }

    /// @notice Spends out of one layer. Owner only.
    function spend(Layer layer, address to, uint256 amount) external onlyOwner {
        uint256 balance = _balances[uint256(layer)];
        require(amount <= balance, LayerTooSmall(layer, amount, balance));
        _balances[uint256(layer)] = balance - amount;
        asset.safeTransfer(to, amount);
        emit Spent(layer, to, amount);
    }

    /// @notice Names who tilts; zero stops tilting. Owner only.
    function setController(address controller_) external onlyOwner {
        _setController(controller_);
    }

    /// @notice Sets floors, caps and speed; the weights in force must fit. Owner only.
    function setBounds(uint256[3] calldata floorBps, uint256[3] calldata capBps, uint256 speedBps_)
        external
        onlyOwner
    {
        _setBounds(floorBps, capBps, speedBps_);
    }

    /// @notice How far any weight may move now, basis points.
    function allowedChangeBps() public view returns (uint256) {
        uint256 elapsed = block.timestamp - tiltedAt;
        return elapsed >= 1 hours ? speedBps : speedBps * elapsed / 1 hours;
    }

    /// @notice What the three layers hold together, raw units.
    function totalBalance() public view returns (uint256) {
        return _balances[0] + _balances[1] + _balances[2];
    }

    /// @notice Near, mid, far in basis points.
    function weights() external view returns (uint256[3] memory) {
        return _weightsBps;
    }

    /// @notice What each layer holds, raw units.
    function balances() external view returns (uint256[3] memory) {
        return _balances;
    }

    /// @notice The least and the most each layer may weigh, basis points.
    function bounds() external view returns (uint256[3] memory floorBps, uint256[3] memory capBps) {
        return (_floorBps, _capBps);
    }

    /// @notice What a controller must know before it tilts, of one moment, basis points; the last says how far any
    /// weight may move now.
    function standing()
        external
        view
        returns (uint256[3] memory weightsBps, uint256[3] memory floorBps, uint256[3] memory capBps, uint256 changeBps)
    {
        return (_weightsBps, _floorBps, _capBps, allowedChangeBps());
    }

    function _setController(address controller_) private {
        controller = controller_;
        emit ControllerSet(controller_);
    }

    function _setBounds(uint256[3] memory floorBps, uint256[3] memory capBps, uint256 speedBps_) private {
        _floorBps = floorBps;
        _capBps = capBps;
        speedBps = speedBps_;
        _requireWithinBounds(_weightsBps);
        emit BoundsSet(floorBps, capBps, speedBps_);
    }

    function _requireWithinBounds(uint256[3] memory weightsBps) private view {
        uint256 sum = weightsBps[0] + weightsBps[1] + weightsBps[2];
        require(sum == WHOLE, WeightsNotWhole(sum));
        for (uint256 i; i < LAYERS; i++) {
            bool isWithin = _floorBps[i] <= weightsBps[i] && weightsBps[i] <= _capBps[i];
            require(isWithin, OutOfBounds(Layer(i), weightsBps[i], _floorBps[i], _capBps[i]));
        }
    }

    function _split(uint256 amount) private view returns (uint256[3] memory parts) {
        parts[0] = amount * _weightsBps[0] / WHOLE;
        parts[1] = amount * _weightsBps[1] / WHOLE;
        parts[2] = amount - parts[0] - parts[1];
    }

    function _distance(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a - b : b - a;
    }
}
