import NFTables
import Network

/// The first packet of a connection, as far as rules can see it.
struct WalkedPacket: Sendable {
    let source: IPAddress
    var destination: IPAddress
    var port: UInt16
    let transport: TransportProtocol
    var priority = Value(host: UInt32(0))
    var mark = Value(host: UInt32(0))
    var connectionMark = Value(host: UInt32(0))
    var connectionStatus: UInt32 = 0

    init(_ connection: Connection) {
        source = connection.sender
        destination = connection.address
        port = connection.port
        transport = connection.transport
    }
}

extension WalkedPacket {
    /// Bytes of its headers; nil for those that no rule of the proxy asks for.
    func bytes(_ payload: Payload) -> Value? {
        let header: [UInt8]
        switch payload.base {
        case .network: header = network
        case .transport: header = [0, 0] + Value(network: port).array
        case .link: return nil
        }
        let start = Int(payload.offset)
        let end = start + Int(payload.length)
        guard end <= header.count else { return nil }
        return Value(Array(header[start..<end]))
    }

    /// The network header: its addresses, and nothing else.
    private var network: [UInt8] {
        let fields = source.family == .v4 ? PacketField.ip4Source : PacketField.ip6Source
        let before = [UInt8](repeating: 0, count: Int(fields.offset))
        return before + Value(source).array + Value(destination).array
    }

    func value(_ key: Meta.Key) -> Value? {
        switch key {
        case .transportProtocol: Value([transport.rawValue])
        case .priority: priority
        case .mark: mark
        // Nobody knows by which link it comes.
        case .inputName: Value(interface: "")
        default: nil
        }
    }

    mutating func set(_ key: Meta.Key, _ value: Value) -> Bool {
        switch key {
        case .priority: priority = value
        case .mark: mark = value
        default: return false
        }
        return true
    }

    func value(_ key: Conntrack.Key) -> Value? {
        switch key {
        case .mark: connectionMark
        case .status: Value(host: connectionStatus)
        default: nil
        }
    }

    /// Gives it the destination that registers hold.
    mutating func translate(to address: Value, _ port: Value) -> Bool {
        guard let destination = IPAddress(octets: address.bytes), port.count >= 2 else {
            return false
        }
        self.destination = destination
        self.port = UInt16(port[0]) << 8 | UInt16(port[1])
        connectionStatus |= Conntrack.Status.destinationTranslated
        return true
    }
}

extension Value {
    var array: [UInt8] { (0..<count).map { self[$0] } }
}
