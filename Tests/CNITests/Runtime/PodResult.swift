import JSON
import Network

@testable import CNI

/// What the last plugin of ADD answered.
struct PodResult {
    let document: JSONValue
    let result: NetworkResult

    init(_ document: JSONValue, _ list: NetworkList) throws {
        self.document = document
        result = try NetworkResult(document, in: list.version, at: "result")
    }

    var addresses: [IPAddress] { result.addresses.map(\.address.address) }

    func address(_ family: IPFamily) -> IPAddress? { addresses.first { $0.family == family } }
}
