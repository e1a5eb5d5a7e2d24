import Kubernetes
import Network

/// Reads the fields of a record's data from words, one after the other.
struct RecordDataParser {
    private var tokens: ArraySlice<MasterToken>
    private let origin: DomainName
    private(set) var octets: [UInt8] = []

    init(_ tokens: ArraySlice<MasterToken>, _ origin: DomainName) {
        self.tokens = tokens
        self.origin = origin
    }

    mutating func read(_ field: RecordField) throws(DNSError) {
        switch field {
        case .ipv4: octets += try address(.v4)
        case .ipv6: octets += try address(.v6)
        case .name: octets += try token("a name").name(origin).wire
        case .integer8: append(try integer(to: 0xff), width: 1)
        case .integer16: append(try integer(to: 0xffff), width: 2)
        case .integer32: append(try integer(to: .max), width: 4)
        case .duration: append(try duration(), width: 4)
        case .moment: append(try moment(), width: 4)
        case .type: append(try type(), width: 2)
        case .text: try appendText(token("a text").unescaped())
        case .texts:
            repeat { try appendText(token("a text").unescaped()) } while !tokens.isEmpty
        case .tag: try appendText(tag())
        case .remainder: octets += try token("a text").unescaped()
        case .hexadecimal:
            guard let data = Hexadecimal.decode(try rest()) else {
                throw .record("it ends in digits of hexadecimal, two for each octet")
            }
            octets += data
        case .base64:
            let text = try rest()
            guard let data = Base64.decode(text.span) else {
                throw .record("it ends in Base64")
            }
            octets += data
        case .parameters:
            octets += try ServiceParameters.octets(tokens)
            tokens = []
        }
    }

    func finish() throws(DNSError) {
        if let token = tokens.first { throw .record("'\(token.text)' is one word too many") }
        guard octets.count <= longestMessage else { throw .record("its data is too long") }
    }
}

extension RecordDataParser {
    private mutating func token(_ what: String) throws(DNSError) -> MasterToken {
        guard let token = tokens.popFirst() else { throw .record("\(what) is missing at its end") }
        return token
    }

    /// The octets of all words that are left.
    private mutating func rest() throws(DNSError) -> [UInt8] {
        var rest = Array(try token("data").octets)
        while let token = tokens.popFirst() { rest += token.octets }
        return rest
    }

    private mutating func address(_ family: IPFamily) throws(DNSError) -> [UInt8] {
        let token = try token("an address")
        guard let address = IPAddress(token.text), address.family == family else {
            throw .record("'\(token.text)' is no IPv\(family == .v4 ? 4 : 6) address")
        }
        return address.wireOctets
    }

    private mutating func integer(to limit: UInt32) throws(DNSError) -> UInt32 {
        let token = try token("a number")
        guard let number = UInt32(token.text), number <= limit else {
            throw .record("'\(token.text)' is no number from 0 to \(limit)")
        }
        return number
    }

    private mutating func duration() throws(DNSError) -> UInt32 {
        let token = try token("a number of seconds")
        guard let seconds = MasterDuration.seconds(token.octets) else {
            throw .record("'\(token.text)' is no number of seconds, nor a time as 1h30m")
        }
        return seconds
    }

    private mutating func moment() throws(DNSError) -> UInt32 {
        let token = try token("a time")
        guard let seconds = SignatureTime.seconds(token.text) else {
            throw .record("'\(token.text)' is no time as 20260131120000")
        }
        return seconds
    }

    private mutating func type() throws(DNSError) -> UInt32 {
        let token = try token("a type")
        guard let type = RecordType(token.text) else {
            throw .record("'\(token.text)' is no type of records")
        }
        return UInt32(type.rawValue)
    }

    private mutating func tag() throws(DNSError) -> [UInt8] {
        let token = try token("a tag")
        guard !token.octets.isEmpty, token.octets.allSatisfy(\.isLetterOrDigit) else {
            throw .record("the tag '\(token.text)' is not of letters and digits")
        }
        return Array(token.octets)
    }

    private mutating func appendText(_ text: [UInt8]) throws(DNSError) {
        guard let length = UInt8(exactly: text.count) else {
            throw .record("a text has at most 255 octets; write several in quotes")
        }
        octets.append(length)
        octets += text
    }

    private mutating func append(_ value: UInt32, width: Int) {
        for index in (0..<width).reversed() {
            octets.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * index)))
        }
    }
}

extension IPAddress {
    /// The octets as they are sent.
    package var wireOctets: [UInt8] {
        switch self {
        case .v4(let address): (0..<4).map { address.octets[$0] }
        case .v6(let address): (0..<16).map { address.octets[$0] }
        }
    }
}
