import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A packet socket` {
    private let broadcast = MACAddress(rawValue: 0xFFFF_FFFF_FFFF)
    private let experimental = PacketSocket.EtherType(rawValue: 0x88B5)

    private func pair() throws -> (Host, Host) {
        let lab = Lab()
        let (first, second) = (try lab.host("first"), try lab.host("second"))
        try lab.connect(first, "eth0", [], second, "eth0", [])
        return (first, second)
    }

    private func next(_ socket: borrowing PacketSocket) throws
        -> (bytes: [UInt8], info: PacketSocket.Received)?
    {
        guard try socket.socket.descriptor.wait(for: .read, until: .soon) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 2048)
        var span = bytes.mutableSpan
        return try socket.receive(into: &span).map { (Array(bytes.prefix($0.length)), $0) }
    }

    @Test func `carries payloads of one protocol, which the kernel frames`() throws {
        let (first, second) = try pair()
        let type = experimental
        let sender = try first.run { try PacketSocket(interface: "eth0", .payloads, type) }
        let payloads = try second.run { try PacketSocket(interface: "eth0", .payloads, type) }
        let frames = try second.run { try PacketSocket(interface: "eth0", .frames, type) }
        let other = try second.run { try PacketSocket(interface: "eth0", .frames, .arp) }
        #expect(try sender.send(payload: "hello".utf8.span, type, to: broadcast))

        let payload = try next(payloads)
        #expect(payload?.bytes == Array("hello".utf8))
        #expect(payload?.info.type == type)
        #expect(payload?.info.isOutgoing == false)

        let frame = try next(frames)
        #expect(frame?.bytes.prefix(6) == [255, 255, 255, 255, 255, 255])
        #expect(frame?.bytes.dropFirst(14).starts(with: "hello".utf8) == true)
        let source = frame.flatMap { MACAddress(octets: $0.bytes.span.extracting(6..<12)) }
        #expect(source == payload?.info.source)

        var none = [UInt8](repeating: 0, count: 1)
        var span = none.mutableSpan
        #expect(try other.receive(into: &span) == nil)
    }

    @Test func `sends frames as they are, and sees its own go out`() throws {
        let (first, second) = try pair()
        let sender = try first.run { try PacketSocket(interface: "eth0") }
        let watcher = try first.run { try PacketSocket(interface: "eth0") }
        let receiver = try second.run { try PacketSocket(interface: "eth0", .frames, experimental) }
        let header: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xB5]
        let frame = header + [UInt8](repeating: 7, count: 50)
        #expect(try sender.send(frame: frame.span))
        #expect(try next(receiver)?.bytes == frame)
        while let seen = try next(watcher) {
            guard seen.bytes == frame else { continue }
            #expect(seen.info.isOutgoing)
            break
        }
    }

    @Test func `makes its interface promiscuous while it lives`() throws {
        let (first, second) = try pair()
        func promiscuity() throws -> Bool {
            try first.ip("-d link show eth0").contains("promiscuity 1")
        }
        do {
            let socket = try first.run { try PacketSocket(interface: "eth0", isPromiscuous: true) }
            #expect(try promiscuity())
            _ = consume socket
        }
        #expect(try !promiscuity())
        #expect(try second.ip("-d link show eth0").contains("promiscuity 0"))
    }

    @Test func `on an interface that is missing says which there are`() throws {
        let host = try loopbackHost()
        let error = #expect(throws: PlatformError.self) {
            _ = try host.run { try PacketSocket(interface: "eth9") }
        }
        #expect(error?.isVanished == true)
        #expect(error?.subject == "eth9")
    }
}
