package import Network

/// The endpoints of a slice, packed: 32 bytes for each, and its names' bytes.
///
/// A cluster has many more endpoints than anything else. What they share, the names of nodes and
/// zones, is kept once a slice.
package struct EndpointList: Hashable, Sendable {
    var records: [EndpointRecord] = []
    /// Host and pod names one after the other, each with its length before it.
    var names: [UInt8] = []
    var places: [EndpointPlace] = []
    var hints: [EndpointHints] = []
    /// Addresses after the first, which hardly any endpoint has.
    var furtherAddresses: [FurtherAddress] = []

    package init() {}

    struct FurtherAddress: Hashable {
        let endpoint: Int
        let address: IPAddress
    }
}

/// Where endpoints run; both are empty where nobody said.
package struct EndpointPlace: Hashable, Sendable {
    package let node: String
    package let zone: String
}

extension EndpointList: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { records.count }

    /// The whole endpoint; what is asked often is cheaper through the functions below.
    package subscript(index: Int) -> Endpoint {
        let record = records[index]
        let place = places[Int(record.place)]
        var endpoint = Endpoint()
        endpoint.addresses = [record.address] + furtherAddresses(of: index)
        endpoint.conditions = record.flags.conditions
        endpoint.nodeName = place.node
        endpoint.zone = place.zone
        if record.hint > 0 { endpoint.hints = hints[Int(record.hint) - 1] }
        (endpoint.hostname, endpoint.target) = names(of: record)
        return endpoint
    }

    /// The address that traffic goes to.
    package func address(at index: Int) -> IPAddress { records[index].address }

    package func conditions(at index: Int) -> EndpointConditions {
        records[index].flags.conditions
    }

    package func place(at index: Int) -> EndpointPlace { places[Int(records[index].place)] }

    /// The first endpoint that has an address of the other family.
    func index(notOf family: IPFamily) -> Int? {
        records.firstIndex { $0.address.family != family }
            ?? furtherAddresses.first { $0.address.family != family }?.endpoint
    }

    private func furtherAddresses(of index: Int) -> [IPAddress] {
        furtherAddresses.filter { $0.endpoint == index }.map(\.address)
    }

    private func names(of record: EndpointRecord) -> (hostname: String, target: EndpointTarget) {
        guard record.names != EndpointRecord.noNames else { return ("", EndpointTarget()) }
        let hostname = Int(record.names)
        let pod = hostname + 1 + Int(names[hostname])
        return (name(at: hostname), EndpointTarget(pod: name(at: pod)))
    }

    private func name(at offset: Int) -> String {
        let start = offset + 1
        return String(decoding: names[start..<start + Int(names[offset])], as: UTF8.self)
    }
}
