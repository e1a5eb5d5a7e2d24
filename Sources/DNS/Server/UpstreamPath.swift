/// Which upstream servers a block's other names go to.
package struct UpstreamPath: Hashable, Sendable {
    /// The number of the pool among the forwarder's.
    package var pool: Int

    package init(pool: Int) { self.pool = pool }
}
