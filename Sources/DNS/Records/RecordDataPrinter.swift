import Kubernetes
import Network
import Platform

/// Writes the fields of a record's data as text, one after the other.
struct RecordDataPrinter {
    private let octets: [UInt8]
    private var offset = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { offset == octets.count }

    /// The field's text; nil if the data is none.
    mutating func text(_ field: RecordField) -> String? {
        switch field {
        case .ipv4: return address(4)
        case .ipv6: return address(16)
        case .name: return name()?.description
        case .integer8: return integer(1).map { "\($0)" }
        case .integer16: return integer(2).map { "\($0)" }
        case .integer32, .duration: return integer(4).map { "\($0)" }
        case .moment: return integer(4).map { SignatureTime.text($0) }
        case .type: return integer(2).map { "\(RecordType(rawValue: UInt16($0)))" }
        case .text: return string().map(Self.quoted)
        case .texts: return strings()
        case .tag: return tag()
        case .remainder: return Self.quoted(rest())
        case .hexadecimal: return isAtEnd ? nil : Hexadecimal.encode(rest())
        case .base64: return isAtEnd ? nil : Base64.encode(Array(rest()))
        case .parameters: return ServiceParameters.text(rest())
        }
    }
}

extension RecordDataPrinter {
    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard octets.count - offset >= count else { return nil }
        defer { offset += count }
        return octets[offset..<offset + count]
    }

    private mutating func rest() -> ArraySlice<UInt8> {
        defer { offset = octets.count }
        return octets[offset...]
    }

    private mutating func integer(_ width: Int) -> UInt32? {
        take(width)?.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private mutating func address(_ width: Int) -> String? {
        take(width).flatMap { IPAddress(octets: $0.span) }.map { "\($0)" }
    }

    private mutating func name() -> DomainName? {
        guard let (name, end) = octets.span.plainName(at: offset) else { return nil }
        offset = end
        return name
    }

    private mutating func string() -> ArraySlice<UInt8>? {
        integer(1).flatMap { take(Int($0)) }
    }

    private mutating func strings() -> String? {
        var texts: [String] = []
        repeat {
            guard let string = string() else { return nil }
            texts.append(Self.quoted(string))
        } while !isAtEnd
        return texts.joined(separator: " ")
    }

    private mutating func tag() -> String? {
        guard let tag = string(), !tag.isEmpty, tag.allSatisfy(\.isLetterOrDigit) else {
            return nil
        }
        return String(decoding: tag, as: UTF8.self)
    }

    /// A text in quotes, with whatever is not plain escaped.
    static func quoted(_ octets: some Sequence<UInt8>) -> String {
        "\"" + octets.map(plain).joined() + "\""
    }

    private static func plain(_ octet: UInt8) -> String {
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(UnicodeScalar(octet))
        case 0x20...0x7e: String(UnicodeScalar(octet))
        default:
            "\\" + String(repeating: "0", count: octet < 10 ? 2 : octet < 100 ? 1 : 0)
                + String(octet)
        }
    }
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x61...0x7a).contains(lowercasedASCII)
    }
}

extension Span<UInt8> {
    /// A name that has no pointers, and where it ends.
    func plainName(at offset: Int) -> (name: DomainName, end: Int)? {
        var end = offset
        while end < count {
            let length = Int(self[end])
            end += 1 + length
            guard length <= DomainName.longestLabel, end - offset <= DomainName.longestName else {
                return nil
            }
            if length == 0 { return (DomainName(unchecked: octets(offset..<end)), end) }
        }
        return nil
    }
}
