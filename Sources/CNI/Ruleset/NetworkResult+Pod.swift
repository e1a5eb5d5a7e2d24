import Network

extension NetworkResult {
    /// The addresses of the container's interface, with their prefixes.
    func addresses(of pod: PodCall) -> [CIDR] {
        addresses.filter { address in
            guard let index = address.interface else { return true }
            guard interfaces.indices.contains(index) else { return false }
            let interface = interfaces[index]
            return interface.sandbox != nil && interface.name == "\(pod.attachment.interface)"
        }.map(\.address)
    }
}
