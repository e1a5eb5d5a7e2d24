import Kubernetes
import Network
import Platform

extension EndpointSlice: Tabled {
    static let columns: [Column] = [
        "NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE", .wide("SERVICE"),
    ]

    func cells(at now: WallTime) -> [String] {
        [
            metadata.name, addressType.rawValue, portText,
            shortened(endpoints.indices.map { endpoints.address(at: $0).description }, limit: 3),
            Cells.age(metadata, at: now), Cells.text(serviceName),
        ]
    }

    /// The ports that all endpoints have; without a number all ports are meant.
    var portText: String {
        let numbers = ports.map { $0.port.map { "\($0)" } ?? "*" }
        return numbers.isEmpty ? "<unset>" : numbers.joined(separator: ",")
    }
}

/// A list that says how many more there are than it shows.
func shortened(_ texts: [String], limit: Int) -> String {
    guard texts.count > limit else { return Cells.list(texts) }
    return texts.prefix(limit).joined(separator: ",") + " + \(texts.count - limit) more..."
}
