import Netlink
import Platform
import TestSupport
import Testing

struct `An exchange` {
    private static let port: UInt32 = 7
    private static let interrupted: UInt16 = 0x10

    private func take(
        _ exchange: inout Exchange, _ bytes: [UInt8]
    ) throws -> Exchange.Action {
        var messages = Messages(bytes.span)
        guard let message = try messages.next() else { throw LabError("no message") }
        return try exchange.receive(message)
    }

    private static func end(_ sequence: UInt32, _ code: Int32, port: UInt32 = port) -> [UInt8] {
        Bytes.message(
            2, flags: 0x100, sequence: sequence, port: port,
            Bytes.little(code) + Bytes.message(16, sequence: sequence))
    }

    @Test func `answers find their requests in any order`() throws {
        var exchange = Exchange(requests: 3, firstSequence: 10, port: Self.port)
        #expect(try take(&exchange, Self.end(12, 0)) == .ended(request: 2, nil))
        #expect(try take(&exchange, Bytes.message(16, sequence: 10)) == .data(request: 0))
        #expect(
            try take(&exchange, Self.end(11, -17))
                == .ended(request: 1, .refused(.exists, text: "")))
        #expect(exchange.outstanding == 1)
        #expect(try take(&exchange, Bytes.message(3, sequence: 10)) == .ended(request: 0, nil))
        #expect(exchange.outstanding == 0)
    }

    @Test func `sequence numbers go round`() throws {
        var exchange = Exchange(requests: 2, firstSequence: .max, port: Self.port)
        #expect(try take(&exchange, Self.end(0, 0)) == .ended(request: 1, nil))
        #expect(try take(&exchange, Self.end(.max, 0)) == .ended(request: 0, nil))
    }

    @Test(arguments: [
        Bytes.message(16, sequence: 9), Bytes.message(16, sequence: 12),
        Bytes.message(16, sequence: 10, port: 8), Bytes.message(16, sequence: 10, port: 0),
        Bytes.message(1, sequence: 10), end(9, -1), end(10, -1, port: 3),
    ])
    func `what is for others changes nothing`(bytes: [UInt8]) throws {
        var exchange = Exchange(requests: 2, firstSequence: 10, port: Self.port)
        #expect(try take(&exchange, bytes) == .foreign)
        #expect(exchange.outstanding == 2)
    }

    @Test func `what comes behind the end is not counted twice`() throws {
        var exchange = Exchange(requests: 1, firstSequence: 10, port: Self.port)
        #expect(try take(&exchange, Self.end(10, 0)) == .ended(request: 0, nil))
        #expect(try take(&exchange, Self.end(10, -1)) == .foreign)
        #expect(exchange.outstanding == 0)
    }

    @Test func `a dump that any message calls interrupted is`() throws {
        var exchange = Exchange(requests: 1, firstSequence: 10, port: Self.port)
        let first = Bytes.message(16, flags: Self.interrupted, sequence: 10)
        #expect(try take(&exchange, first) == .data(request: 0))
        #expect(try take(&exchange, Bytes.message(16, sequence: 10)) == .data(request: 0))
        #expect(
            try take(&exchange, Bytes.message(3, sequence: 10)) == .ended(request: 0, .interrupted))
    }

    @Test func `an overrun that the kernel tells of is one`() throws {
        var exchange = Exchange(requests: 1, firstSequence: 10, port: Self.port)
        let error = #expect(throws: NetlinkError.self) {
            _ = try take(&exchange, Bytes.message(4, sequence: 10))
        }
        #expect(error?.code == .overrun)
    }
}
