// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Vm
/// @notice The cheat codes of Foundry these tests use.
interface Vm {
    /// @notice Value out of a JSON text.
    function parseJsonString(string calldata json, string calldata key) external pure returns (string memory);
    /// @notice Bytes from hex text.
    function parseBytes(string calldata text) external pure returns (bytes memory);
    /// @notice Text of a file.
    function readFile(string calldata path) external view returns (string memory);
    /// @notice Address of a key.
    function addr(uint256 key) external pure returns (address);
    /// @notice Signs a digest.
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    /// @notice Next call comes from `sender`.
    function prank(address sender) external;
    /// @notice All calls come from `sender` until stopPrank.
    function startPrank(address sender) external;
    /// @notice Ends startPrank.
    function stopPrank() external;
    /// @notice Sets the time.
    function warp(uint256 timestamp) external;
    /// @notice Address of the contract `deployer` creates with `nonce`.
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    /// @notice Sets the code of an account.
    function etch(address target, bytes calldata code) external;
    /// @notice Sets the chain id.
    function chainId(uint256 id) external;
    /// @notice Names an address in traces.
    function label(address account, string calldata name) external;
    /// @notice Next call must revert with exactly this.
    function expectRevert(bytes calldata data) external;
    /// @notice Next call must revert with this error, whatever its arguments.
    function expectPartialRevert(bytes4 selector) external;
    /// @notice Next call must revert.
    function expectRevert() external;
    /// @notice Next call must emit the event emitted right after this.
    function expectEmit(address emitter) external;
    /// @notice Skips a fuzz case.
    function assume(bool condition) external pure;
    /// @notice Records storage writes and logs.
    function recordLogs() external;
    /// @notice Fails unless equal.
    function assertEq(uint256 left, uint256 right, string calldata law) external pure;
    /// @notice Fails unless equal.
    function assertEq(address left, address right, string calldata law) external pure;
    /// @notice Fails unless equal.
    function assertEq(bytes32 left, bytes32 right, string calldata law) external pure;
    /// @notice Fails unless `left <= right`.
    function assertLe(uint256 left, uint256 right, string calldata law) external pure;
    /// @notice Fails unless `left >= right`.
    function assertGe(uint256 left, uint256 right, string calldata law) external pure;
    /// @notice Fails unless `left > right`.
    function assertGt(uint256 left, uint256 right, string calldata law) external pure;
    /// @notice Fails unless `left < right`.
    function assertLt(uint256 left, uint256 right, string calldata law) external pure;
    /// @notice Fails unless true.
    function assertTrue(bool condition, string calldata law) external pure;
    /// @notice Fails unless false.
    function assertFalse(bool condition, string calldata law) external pure;
}
