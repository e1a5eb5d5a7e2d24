import CLinux
import Glibc
package import Network

/// A socket for whole frames of one interface, below IP.
package struct PacketSocket: ~Copyable, Sendable {
    package let socket: Socket
    private let interface: UInt32

    /// What a socket's bytes are: frames with their link-layer header, or what the header is before.
    package enum Content: Sendable {
        case frames, payloads
    }

    /// An Ethernet protocol number.
    package struct EtherType: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let ipv4 = EtherType(rawValue: 0x0800)
        package static let arp = EtherType(rawValue: 0x0806)
        package static let ipv6 = EtherType(rawValue: 0x86DD)
        /// Every protocol, sent frames included.
        package static let all = EtherType(rawValue: 0x0003)
    }

    /// Opens a socket on an interface of the calling thread's namespace.
    package init(
        interface name: String, _ content: Content = .frames, _ type: EtherType = .all,
        isPromiscuous: Bool = false, receiveBuffer: Int? = nil
    ) throws(PlatformError) {
        let interface = try interfaceIndex(named: name)
        let kind = content == .frames ? SOCK_RAW : SOCK_DGRAM
        // Of no protocol yet, or it would take every interface's frames until it is bound.
        let socket = try Socket(
            domain: AF_PACKET, type: CInt(kind.rawValue), protocol: 0, nonblocking: true)
        var options = SocketOptions()
        options.receiveBuffer = receiveBuffer
        try socket.apply(options, domain: AF_PACKET)
        try Self.bind(socket, interface, type)
        if isPromiscuous { try Self.hearAll(socket, interface) }
        self.socket = socket
        self.interface = interface
    }

    private static func bind(
        _ socket: borrowing Socket, _ interface: UInt32, _ type: EtherType
    ) throws(PlatformError) {
        let number = socket.descriptor.rawValue
        var address = weft_link_address()
        address.interface = CInt(bitPattern: interface)
        address.protocol = type.rawValue
        _ = try syscall("bind packet socket") { unsafe weft_packet_bind(number, &address) }
    }

    private static func hearAll(
        _ socket: borrowing Socket, _ interface: UInt32
    ) throws(PlatformError) {
        let number = socket.descriptor.rawValue
        _ = try syscall("hear all frames of an interface") {
            weft_packet_promiscuous(number, CInt(bitPattern: interface))
        }
    }
}

extension PacketSocket {
    /// A frame or payload that was put into a buffer.
    package struct Received: Hashable, Sendable {
        /// How long it was, even where the buffer was too short for it.
        package let length: Int
        package let type: EtherType
        package let source: MACAddress
        /// Whether this machine sent it.
        package let isOutgoing: Bool
    }

    /// Takes the next frame; nil means that none has come.
    package borrowing func receive(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> Received? {
        let number = socket.descriptor.rawValue
        var source = weft_link_address()
        let length = try unsafe buffer.withUnsafeMutableBytes { bytes throws(PlatformError) in
            try nonblocking("receive frame") {
                unsafe weft_packet_receive(number, bytes.baseAddress, bytes.count, &source)
            }
        }
        guard let length else { return nil }
        return Received(
            length: length, type: EtherType(rawValue: source.protocol),
            source: MACAddress(source), isOutgoing: source.kind == Self.outgoing)
    }

    /// Sends a whole frame with its header; false means that there is no room for it now.
    package borrowing func send(frame: Span<UInt8>) throws(PlatformError) -> Bool {
        try send(frame, weft_link_address())
    }

    /// Sends a payload for which the kernel writes the header.
    package borrowing func send(
        payload: Span<UInt8>, _ type: EtherType, to target: MACAddress
    ) throws(PlatformError) -> Bool {
        try send(payload, weft_link_address(target, type))
    }

    private borrowing func send(
        _ bytes: Span<UInt8>, _ target: weft_link_address
    ) throws(PlatformError) -> Bool {
        let number = socket.descriptor.rawValue
        var target = target
        target.interface = CInt(bitPattern: interface)
        return try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            try nonblocking("send frame") {
                unsafe weft_packet_send(number, bytes.baseAddress, bytes.count, &target)
            }
        } != nil
    }

    /// PACKET_OUTGOING of linux/if_packet.h.
    private static let outgoing: UInt8 = 4
}

extension weft_link_address {
    fileprivate init(_ target: MACAddress, _ type: PacketSocket.EtherType) {
        self.init()
        let octets = target.octets
        self.protocol = type.rawValue
        length = UInt8(octets.count)
        bytes = (
            octets[0], octets[1], octets[2], octets[3], octets[4], octets[5], 0, 0
        )
    }
}

extension MACAddress {
    fileprivate init(_ raw: weft_link_address) {
        let bytes = raw.bytes
        self.init(octets: [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5])
    }
}
