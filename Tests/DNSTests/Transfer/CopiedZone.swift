import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

/// What a client gets that asks for a whole zone.
struct CopiedZone {
    private(set) var messages: [Message] = []
    /// Whether it was begun as a transfer, and not as one reply.
    private(set) var isTransfer = false

    var records: [Record] { messages.flatMap(\.answers) }
    var code: ResponseCode? { messages.first?.responseCode }

    /// Owner, type and data of each record in order, without the SOA records at both ends.
    var texts: [String] { records.dropFirst().dropLast().map(\.line).sorted() }

    var isWhole: Bool {
        guard let first = records.first, let last = records.last else { return false }
        return records.count > 1 && first.type == .soa && first == last
            && records.dropFirst().dropLast().allSatisfy { $0.type != .soa }
            && Set(records).count == records.count - 1
    }

    mutating func take(_ octets: [UInt8]) throws {
        #expect(octets.count <= longestMessage)
        messages.append(try Message(decoding: octets))
    }

    mutating func take(rest transfer: ZoneTransfer) throws {
        isTransfer = true
        while let part = transfer.next() { try take(part) }
    }
}

extension Record {
    var line: String { "\(name) \(ttl) \(type) \(RecordData(type, data))" }
}

extension Message {
    /// The question of somebody who has a zone of some serial, or none.
    static func copying(_ zone: String, knowing serial: UInt32? = nil) throws -> Message {
        let name = try DomainName(zone)
        var message = Message.query(name, serial == nil ? .axfr : .ixfr, id: 4711)
        guard let serial else { return message }
        let numbers = [serial, 7200, 1800, 86400, 5]
        let data = numbers.flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        }
        message.authorities = [Record(name, .soa, ttl: 5, data: [0, 0] + data)]
        return message
    }
}

extension NamedCluster {
    /// Asks for a zone, and takes all of it.
    func copy(
        _ zone: String = "cluster.local", knowing serial: UInt32? = nil,
        from address: String = "192.0.2.1", by transport: Client.Transport = .tcp,
        _ change: (inout Message) -> Void = { _ in }
    ) throws -> CopiedZone {
        var asked = try Message.copying(zone, knowing: serial)
        change(&asked)
        let client = Client(try #require(IPAddress(address)), transport)
        var room = [UInt8](repeating: 0, count: longestMessage)
        var span = room.mutableSpan
        answerer.begin(at: .now)
        let disposition = answerer.answer(asked.encoded().span, from: client, into: &span)
        answerer.end()
        var copy = CopiedZone()
        switch disposition {
        case .reply(let length): try copy.take(Array(room[..<length]))
        case .replyAndTransfer(let length, let transfer):
            try copy.take(Array(room[..<length]))
            try copy.take(rest: transfer)
        default: Issue.record("\(disposition)")
        }
        return copy
    }
}
