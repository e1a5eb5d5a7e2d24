import JSON
import Network
import Platform
import Testing

@testable import CNI

/// The reference plugin itself, as Debian's containernetworking-plugins installs it.
struct HostLocalProgram {
    static let path = "/usr/lib/cni/host-local"

    static var isInstalled: Bool { (try? File.status(path))?.kind == .file }

    let network: TestNetwork

    /// Runs a command; the address it gives, or what it says when it fails.
    @discardableResult
    func run(
        _ command: String, _ container: String, _ interface: String = "eth0"
    ) throws -> Result<[String], ProgramFailure> {
        let program = Program(
            Self.path,
            environment: [
                "CNI_COMMAND=\(command)", "CNI_CONTAINERID=\(container)",
                "CNI_IFNAME=\(interface)", "CNI_NETNS=/run/netns/none", "CNI_PATH=/usr/lib/cni",
            ], input: Array(network.document.utf8), limit: .seconds(30))
        let outcome = try program.run()
        let document = try? JSONValue(parsing: outcome.output.span)
        guard outcome.status.isSuccess else {
            return .failure(ProgramFailure(words: document?.object?["msg"]?.string ?? ""))
        }
        guard let document else { return .success([]) }
        let result = try NetworkResult(document, in: .v100, at: "")
        return .success(result.addresses.map(\.address.description))
    }

    struct ProgramFailure: Error {
        let words: String
    }
}

extension Trait where Self == ConditionTrait {
    static var requiresHostLocal: Self {
        .enabled(
            if: HostLocalProgram.isInstalled,
            "needs \(HostLocalProgram.path) of Debian's containernetworking-plugins")
    }
}
