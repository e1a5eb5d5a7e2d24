import Topology

extension [PathProgram] {
    /// Those that can be measured here; why others cannot is told.
    func present(_ observer: Observer, _ peers: PeerPaths) throws -> [PathProgram] {
        try filter { program in
            let host = try BenchError.of(.privilege, "make network namespaces") {
                try Host("trial")
            }
            guard let absence = program.absence(on: host, peers) else { return true }
            try observer.tell(.note("\(program.rawValue) is not measured: \(absence)"))
            return false
        }
    }
}
