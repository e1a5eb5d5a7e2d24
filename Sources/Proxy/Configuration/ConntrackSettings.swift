extension ProxyConfiguration {
    /// What the kernel is told about connection tracking (S85); zero leaves a setting as it is.
    package struct Conntrack: Hashable, Sendable {
        /// Connections for each processor.
        package var maxPerCore = 32_768
        /// Connections however few processors there are.
        package var min = 131_072
        package var tcpEstablishedTimeout = Duration.seconds(24 * 60 * 60)
        package var tcpCloseWaitTimeout = Duration.seconds(60 * 60)
        /// Whether packets out of a connection's window pass (S86).
        package var tcpBeLiberal = false
        package var udpTimeout = Duration.zero
        package var udpStreamTimeout = Duration.zero
    }
}
