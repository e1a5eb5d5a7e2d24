import Netlink
import Testing

struct `Received messages` {
    @Test func `several in one datagram are read one after the other`() throws {
        let bytes =
            Bytes.message(16, flags: 2, sequence: 3, port: 4, [1, 2, 3]) + Bytes.message(17)
        let headers = try Header.all(in: bytes)
        #expect(headers.count == 2)
        #expect(headers[0] == Header(type: 16, flags: 2, sequence: 3, port: 4, payload: [1, 2, 3]))
        #expect(headers[1].type == 17 && headers[1].payload.isEmpty)
    }

    @Test func `an empty datagram has none`() throws {
        #expect(try Header.all(in: []).isEmpty)
    }

    @Test(arguments: [
        Bytes.message(16, length: 15),
        Bytes.message(16, length: 0),
        Bytes.message(16, length: 17),
        Bytes.message(16, length: .max),
        Array(Bytes.message(16).dropLast()),
        [1],
        Bytes.message(16) + [0, 0, 0, 0],
    ])
    func `one that contradicts its length is malformed`(bytes: [UInt8]) {
        let error = #expect(throws: NetlinkError.self) { try Header.all(in: bytes) }
        #expect(error?.code == .malformed)
    }

    @Test func `the fixed part must be there, and the attributes may be missing`() throws {
        let short = Bytes.message(16, [0, 0, 0])
        var messages = Messages(short.span)
        while let message = try messages.next() {
            #expect(message.payload.count == 3)
            #expect(throws: NetlinkError.self) { _ = try message.fixed(UInt32.self) }
            var attributes = message.attributes(after: UInt64.self)
            let isEmpty = try attributes.next() == nil
            #expect(isEmpty)
        }
    }
}

/// What can be said of a message after its bytes are gone.
private struct Header: Equatable {
    let type: UInt16
    let flags: UInt16
    let sequence: UInt32
    let port: UInt32
    let payload: [UInt8]
}

extension Header {
    static func all(in bytes: [UInt8]) throws -> [Header] {
        var headers = [Header]()
        var messages = Messages(bytes.span)
        while let message = try messages.next() {
            headers.append(
                Header(
                    type: message.type, flags: message.flags, sequence: message.sequence,
                    port: message.port, payload: message.payload.copied()))
        }
        return headers
    }
}
