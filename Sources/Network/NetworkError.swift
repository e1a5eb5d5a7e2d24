/// Text that is no address, network, port or name: the text, and what would be right.
package struct NetworkError: Error, Hashable, Sendable {
    package let code: Code
    package let text: String

    package init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}

extension NetworkError {
    /// What is wrong with a text.
    package enum Code: UInt8, Error, Hashable, Sendable {
        case notAnAddress
        case octetTooBig
        case leadingZero
        case zone
        case notAMACAddress
    }
}

extension NetworkError: CustomStringConvertible {
    package var description: String { "\(text.isEmpty ? "empty text" : text): \(code.advice)" }
}

extension NetworkError.Code {
    /// What would be right, as the end of a sentence about the text.
    fileprivate var advice: String {
        switch self {
        case .notAnAddress: "not an IP address: write it like 10.9.8.7 or 2001:db8::1"
        case .octetTooBig: "each of the four numbers of an IPv4 address is 0 to 255"
        case .leadingZero: "numbers are written without leading zeros, which could mean octal"
        case .zone: "an address here has no zone: leave out the % and what follows"
        case .notAMACAddress: "not a MAC address: write it like 02:00:5e:10:00:01"
        }
    }
}
