package import Network

/// The endpoints of a slice, packed: a dozen bytes each in IPv4, and the bytes of their names.
///
/// A cluster has many more endpoints than anything else.
package struct EndpointList: Hashable, Sendable {
    var records: [EndpointRecord] = []
    /// The first address of each endpoint, four or sixteen bytes as they are sent.
    var addresses: [UInt8] = []
    /// Of all addresses; nil before the first.
    var family: IPFamily?
    /// Host and pod names one after the other, each with its length before it.
    var names: [UInt8] = []
    var places: [EndpointPlace] = []
    /// Addresses after the first, which hardly any endpoint has.
    var furtherAddresses: [FurtherAddress] = []

    package init() {}

    struct FurtherAddress: Hashable {
        let endpoint: Int
        let address: IPAddress
    }
}

/// What is packed of an endpoint beside its address.
struct EndpointRecord: Hashable, Sendable {
    /// Where the list has its names.
    var names: UInt32
    /// Which of the list's places it runs at.
    var place: UInt16
    var conditions: PackedConditions

    static let noNames = UInt32.max
}

extension EndpointList: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { records.count }

    /// The whole endpoint; what is asked often is cheaper through the functions below.
    package subscript(index: Int) -> Endpoint {
        let record = records[index]
        let place = place(at: index)
        var endpoint = Endpoint()
        endpoint.addresses = addresses(at: index)
        endpoint.conditions = record.conditions.value
        endpoint.nodeName = place.node
        endpoint.zone = place.zone
        endpoint.hints = place.hints
        (endpoint.hostname, endpoint.target) = names(of: record)
        return endpoint
    }

    /// The address that traffic goes to.
    package func address(at index: Int) -> IPAddress {
        let length = family == .v6 ? 16 : 4
        let octets = addresses.span.extracting(index * length..<(index + 1) * length)
        return IPAddress(octets: octets) ?? IPAddress()
    }

    package func conditions(at index: Int) -> EndpointConditions {
        records[index].conditions.value
    }

    package func place(at index: Int) -> EndpointPlace { places[Int(records[index].place)] }

    private static let nowhere = [EndpointPlace(node: "")]

    /// Forgets where endpoints run and of whom they are: addresses, conditions and hostnames stay.
    mutating func forgetPlaces() {
        var kept = EndpointList()
        for index in indices {
            var endpoint = Endpoint()
            endpoint.addresses = addresses(at: index)
            endpoint.conditions = conditions(at: index)
            endpoint.hostname = hostname(at: index)
            // Each was in a list before, and takes no more room now.
            try? kept.append(endpoint)
        }
        kept.shrink()
        // One array for all lists: it is the same in each.
        if kept.places == Self.nowhere { kept.places = Self.nowhere }
        self = kept
    }

    /// The name of the pod behind it; empty for anything else.
    package func podName(at index: Int) -> String { names(of: records[index]).target.name }

    /// All addresses; names lead to every one of them.
    package func addresses(at index: Int) -> [IPAddress] {
        [address(at: index)] + furtherAddresses(of: index)
    }

    /// The endpoint's own name below its service's; empty if it has none.
    package func hostname(at index: Int) -> String {
        let names = records[index].names
        return names == EndpointRecord.noNames ? "" : name(at: Int(names))
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
