import Netlink
import Network

// Names and addresses in tests are written as they are; a wrong one is a mistake in the test.

extension InterfaceName: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = valid(text) }
}

extension IPAddress: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = valid(text) }
}

extension CIDR: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = valid(text) }
}

extension MACAddress: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = valid(text) }
}

private func valid<Value: TextParsable>(_ text: String) -> Value {
    guard let value = Value(text) else { preconditionFailure("\(text) is no \(Value.self)") }
    return value
}

extension InterfaceName {
    static func numbered(_ prefix: String, _ number: Int) -> InterfaceName {
        valid("\(prefix)\(number)")
    }
}
