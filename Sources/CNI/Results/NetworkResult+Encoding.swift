package import JSON
import Network

extension NetworkResult {
    /// The document as a version of the specification has it (C19).
    package func document(in version: ProtocolVersion) throws(CNIError) -> JSONValue {
        var members = ObjectBuilder()
        members["cniVersion"] = .string(version.rawValue)
        if version.hasAddressLists {
            members["interfaces"] = list(interfaces) { $0.document(in: version) }
            members["ips"] = list(addresses) { $0.document(in: version) }
            members["routes"] = list(routes) { $0.document(in: version) }
        } else {
            guard !addresses.isEmpty else {
                throw CNIError(
                    .incompatibleVersion,
                    "a result without address has no form in \(version.rawValue)",
                    details: "use cniVersion 0.3.0 or later, or configure ipam")
            }
            members["ip4"] = family(.v4)
            members["ip6"] = family(.v6)
        }
        if !dns.isEmpty || version < .v100 { members["dns"] = dns.document }
        return members.value
    }

    private func family(_ family: IPFamily) -> JSONValue? {
        guard let first = addresses.first(where: { $0.address.family == family }) else {
            return nil
        }
        var members = ObjectBuilder()
        members["ip"] = .string("\(first.address)")
        members["gateway"] = first.gateway.map { .string("\($0)") }
        members["routes"] = list(routes.filter { $0.destination.family == family }) { route in
            route.document(in: .v020)
        }
        return members.value
    }
}

extension NetworkResult.Interface {
    fileprivate func document(in version: ProtocolVersion) -> JSONValue {
        var members = ObjectBuilder()
        members["name"] = .string(name)
        members["mac"] = mac.map(JSONValue.string)
        if version >= .v110 { members["mtu"] = mtu.map(number) }
        members["sandbox"] = sandbox.map(JSONValue.string)
        if version >= .v110 {
            members["socketPath"] = socketPath.map(JSONValue.string)
            members["pciID"] = pciID.map(JSONValue.string)
        }
        return members.value
    }
}

extension NetworkResult.Address {
    fileprivate func document(in version: ProtocolVersion) -> JSONValue {
        var members = ObjectBuilder()
        if version < .v100 { members["version"] = .string(address.family == .v4 ? "4" : "6") }
        members["interface"] = interface.map(number)
        members["address"] = .string("\(address)")
        members["gateway"] = gateway.map { .string("\($0)") }
        return members.value
    }
}

extension NetworkResult.Route {
    fileprivate func document(in version: ProtocolVersion) -> JSONValue {
        var members = ObjectBuilder()
        members["dst"] = .string("\(destination)")
        members["gw"] = gateway.map { .string("\($0)") }
        if version >= .v110 {
            members["mtu"] = mtu.map(number)
            members["advmss"] = advertisedMSS.map(number)
            members["priority"] = priority.map(number)
            members["table"] = table.map(number)
            members["scope"] = scope.map(number)
        }
        return members.value
    }
}

extension NetworkResult.DNS {
    fileprivate var document: JSONValue {
        var members = ObjectBuilder()
        members["nameservers"] = list(nameservers, JSONValue.string)
        members["domain"] = domain.map(JSONValue.string)
        members["search"] = list(search, JSONValue.string)
        members["options"] = list(options, JSONValue.string)
        return members.value
    }
}

private func number(_ value: Int) -> JSONValue { .number("\(value)") }

/// Nil for an empty list, which leaves its key out.
private func list<Element>(
    _ elements: [Element], _ document: (Element) -> JSONValue
) -> JSONValue? {
    elements.isEmpty ? nil : .array(elements.map(document))
}

/// Members in the order they are set; nil leaves one out.
private struct ObjectBuilder {
    private var object = JSONObject()

    subscript(_ key: String) -> JSONValue? {
        get { object[key] }
        set {
            guard let newValue else { return }
            object.members.append(JSONObject.Member(key: key, value: newValue))
        }
    }

    var value: JSONValue { .object(object) }
}
