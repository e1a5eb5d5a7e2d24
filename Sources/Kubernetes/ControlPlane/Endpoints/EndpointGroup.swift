import Network

/// Endpoints that can share slices: of one service, one family, with the same ports.
struct EndpointGroup: Hashable {
    let family: IPFamily
    let ports: [EndpointPort]
}

extension EndpointGroup {
    /// The most endpoints of a slice, as kube-controller-manager's default has it.
    static let sliceLimit = 100

    /// Spreads endpoints over slices so that as few as possible change.
    ///
    /// An endpoint stays in the slice that has it; a new one goes where there is room.
    static func placed(_ endpoints: [Endpoint], like before: [EndpointSlice]) -> [[Endpoint]] {
        var slots: [String: Int] = [:]
        for (index, slice) in before.enumerated() {
            for endpoint in slice.endpoints { slots[endpoint.target.name] = index }
        }
        var slices = [[Endpoint]](repeating: [], count: before.count)
        var new: [Endpoint] = []
        for endpoint in endpoints {
            guard let slot = slots[endpoint.target.name] else {
                new.append(endpoint)
                continue
            }
            slices[slot].append(endpoint)
        }
        var slot = 0
        for endpoint in new {
            while slot < slices.count, slices[slot].count >= sliceLimit { slot += 1 }
            if slot == slices.count { slices.append([]) }
            slices[slot].append(endpoint)
        }
        return slices
    }
}
