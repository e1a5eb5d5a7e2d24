import Network

extension EndpointList {
    /// Packs one more endpoint.
    package mutating func append(
        _ endpoint: Endpoint, _ pool: SharingPool? = nil
    ) throws(ObjectError) {
        guard let address = endpoint.addresses.first else {
            throw ObjectError("an endpoint has an address at least", in: "addresses")
        }
        let family = self.family ?? address.family
        guard endpoint.addresses.allSatisfy({ $0.family == family }) else {
            throw ObjectError("all addresses of a slice are of one family", in: "addresses")
        }
        let place = EndpointPlace(
            node: endpoint.nodeName, zone: endpoint.zone, hints: endpoint.hints)
        let record = EndpointRecord(
            names: try pack(endpoint.hostname, endpoint.target.name),
            place: try number(of: pool?.place(place) ?? place),
            conditions: PackedConditions(endpoint.conditions))
        self.family = family
        pack(address)
        for address in endpoint.addresses.dropFirst() {
            furtherAddresses.append(FurtherAddress(endpoint: records.count, address: address))
        }
        records.append(record)
    }

    private mutating func pack(_ address: IPAddress) {
        switch address {
        case .v4(let address):
            for octet in address.octets.indices { addresses.append(address.octets[octet]) }
        case .v6(let address):
            for octet in address.octets.indices { addresses.append(address.octets[octet]) }
        }
    }

    private mutating func number(of place: EndpointPlace) throws(ObjectError) -> UInt16 {
        // Controllers list endpoints in no order of nodes, and a slice has 100 of them by default.
        if let known = places.lastIndex(where: { $0 === place || $0 == place }) {
            return UInt16(known)
        }
        guard let number = UInt16(exactly: places.count) else {
            throw ObjectError("the endpoints of a slice are on no more than 65,536 nodes")
        }
        places.append(place)
        return number
    }

    /// Puts both names behind the others, and returns where.
    private mutating func pack(
        _ hostname: String, _ pod: String
    ) throws(ObjectError) -> UInt32 {
        if hostname.isEmpty && pod.isEmpty { return EndpointRecord.noNames }
        let start = UInt32(exactly: names.count)
        for (name, field) in [(hostname, "hostname"), (pod, "targetRef.name")] {
            guard let length = UInt8(exactly: name.utf8.count), start != nil else {
                // RFC 1123 has it, and so every name of an object (at most 253 bytes).
                throw ObjectError("a name has at most 255 bytes", in: field)
            }
            names.append(length)
            names.append(contentsOf: name.utf8)
        }
        return start ?? EndpointRecord.noNames
    }

    /// Gives back the room that growing took and that was not needed in the end.
    mutating func shrink() {
        records = records.map(\.self)
        addresses = addresses.map(\.self)
        names = names.map(\.self)
        places = places.map(\.self)
    }
}

extension EndpointList: FieldValue {
    package var isAbsent: Bool { isEmpty }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        try decoder.elements { decoder throws(ObjectError) in
            do throws(ObjectError) {
                var endpoint = Endpoint()
                try endpoint.decode(&decoder)
                try append(endpoint, decoder.pool)
            } catch {
                throw error.inside(element: count)
            }
        }
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { try Array(self).encode(&encoder) }
}

extension EndpointList: ExpressibleByArrayLiteral {
    /// Packs endpoints that are known to fit, as tests have them.
    package init(arrayLiteral elements: Endpoint...) {
        for element in elements { try? append(element) }
    }
}
