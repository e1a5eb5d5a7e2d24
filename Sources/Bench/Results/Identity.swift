/// What was measured: a workload of a suite, and in which circumstances.
package struct Identity: Hashable, Sendable {
    /// `path`, `sync`, `dns`, `cni`, `watch` or `memory`.
    package let suite: String
    /// What is done, as `connect` or `query`.
    package let workload: String
    /// The circumstances, in the order in which they are told: service, family, services, program.
    package let circumstances: [Circumstance]

    package struct Circumstance: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ suite: String, _ workload: String, _ circumstances: [Circumstance]) {
        self.suite = suite
        self.workload = workload
        self.circumstances = circumstances
    }
}

extension Identity {
    package subscript(name: String) -> String? {
        circumstances.first { $0.name == name }?.value
    }
}

extension Identity: CustomStringConvertible {
    package var description: String {
        let circumstances = circumstances.map { "\($0.name)=\($0.value)" }
        return "\(suite)/\(workload)" + (circumstances.isEmpty ? "" : " ")
            + circumstances.joined(separator: ",")
    }
}
