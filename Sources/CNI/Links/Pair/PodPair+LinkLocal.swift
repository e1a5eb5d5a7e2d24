import Network

extension PodPair {
    /// Adds both ends' IPv6 link-local addresses where there is IPv6: the node's is the same on
    /// every link, fe80::1, and the pod's is the one that the kernel would give it later.
    mutating func addLinkLocalAddresses() {
        guard containerSettings.hasIPv6 else { return }
        containerSettings.addLinkLocal(containerAddress.linkLocalAddress)
        hostSettings.addLinkLocal(RoutedGateway.linkLocal6)
    }
}
