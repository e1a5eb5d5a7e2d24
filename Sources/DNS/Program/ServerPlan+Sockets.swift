import Platform

extension ServerPlan {
    /// How many sockets take datagrams at a point: as many as any of its blocks wants.
    func socketCount(at point: ListeningPoint) -> Int {
        let wanted = points[point, default: []].compactMap { blocks[$0.block].options.sockets }
        return wanted.map(\.number).max() ?? Machine.processorCount
    }
}

extension ServerBlock.SocketCount {
    fileprivate var number: Int {
        switch self {
        case .onePerCPU: Machine.processorCount
        case .fixed(let number): number
        }
    }
}
