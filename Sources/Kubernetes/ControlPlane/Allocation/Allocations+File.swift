import JSON
import Network

/// The file in which allocations survive a restart.
extension Allocations {
    /// The version of the format that this program writes, and the newest that it reads.
    private static let version = 1

    package var text: String {
        let services = holdings.sorted { $0.key < $1.key }.map { $1.document(of: $0) }
        let document: JSONObject = [
            "version": .number("\(Self.version)"), "services": .array(services),
        ]
        return JSONValue.object(document).text + "\n"
    }

    /// Why a file is not trusted.
    package struct Damage: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    package init(parsing text: [UInt8]) throws(Damage) {
        self.init()
        let object: JSONObject?
        do throws(JSONError) {
            object = try JSONValue(document: text.span).object
        } catch {
            throw Damage(description: "\(error)")
        }
        guard let version = object?["version"]?.integer else {
            throw Damage(description: "it has no version")
        }
        guard version == Self.version else {
            throw Damage(description: "its version is \(version), and \(Self.version) is known")
        }
        for (index, service) in (object?["services"]?.array ?? []).enumerated() {
            guard let (key, holding) = Holding.read(service) else {
                throw Damage(description: "services[\(index)] cannot be understood")
            }
            guard isFree(holding) else {
                throw Damage(description: "services[\(index)] holds what another service has")
            }
            assign(holding, to: key)
        }
    }
}

extension Holding {
    fileprivate func document(of service: ObjectKey) -> JSONValue {
        let ports = nodePorts.map { held in
            JSONValue.object([
                "protocol": .string("\(held.nodePort.transport)"), "port": .number("\(held.port)"),
                "nodePort": .number("\(held.nodePort.number)"),
            ])
        }
        return .object([
            "namespace": .string(service.namespace), "name": .string(service.name),
            "addresses": .array(addresses.map { .string("\($0)") }), "nodePorts": .array(ports),
        ])
    }

    fileprivate static func read(_ document: JSONValue) -> (ObjectKey, Holding)? {
        guard let object = document.object, let namespace = object["namespace"]?.string,
            let name = object["name"]?.string, let addresses = object["addresses"]?.array,
            let ports = object["nodePorts"]?.array
        else { return nil }
        var holding = Holding()
        holding.addresses = addresses.compactMap { $0.string.flatMap { IPAddress($0) } }
        holding.nodePorts = ports.compactMap { HeldPort($0.object) }
        guard holding.addresses.count == addresses.count, holding.nodePorts.count == ports.count,
            Set(holding.nodePorts.map(\.nodePort)).count == ports.count
        else { return nil }
        return (ObjectKey(namespace: namespace, name: name), holding)
    }
}

extension Holding.HeldPort {
    fileprivate init?(_ object: JSONObject?) {
        guard let transport = object?["protocol"]?.string.flatMap({ TransportProtocol($0) }),
            let port = object?["port"]?.integer.flatMap(UInt16.init(exactly:)),
            let number = object?["nodePort"]?.integer.flatMap(UInt16.init(exactly:))
        else { return nil }
        self.init(nodePort: NodePort(transport: transport, number: number), port: port)
    }
}
