package import Netlink
package import Network

/// What came of one cleanup, in one family.
package struct CleanupReport: Sendable {
    package let family: IPFamily
    /// Connections that were there until now.
    package let deleted: Int
    package let duration: Duration
    /// Why some may be left that should not be.
    package let failure: NetlinkError?
}
