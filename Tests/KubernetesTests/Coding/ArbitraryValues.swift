import FuzzSupport
import Kubernetes

/// Makes up objects: where others read a field, this one thinks of a value for it.
///
/// A value that the API could not have is thought of again, so all of them are ones that were read.
struct ArbitraryValues: ValueDecoder {
    private var random: SeededGenerator
    let pool = SharingPool()
    private let addresses: [String]

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        addresses = seed % 2 == 0 ? ["10.0.0.1", "192.0.2.7"] : ["fd00::1", "2001:db8::7"]
    }

    /// An object that some seed from `seed` on gives.
    static func object<Object: Message>(_ type: Object.Type, seed: UInt64) throws -> Object {
        for attempt in 0..<100 as Range<UInt64> {
            var values = ArbitraryValues(seed: seed * 100 + attempt)
            var object = Object()
            if (try? object.decode(&values)) != nil { return object }
        }
        throw ObjectError("nothing came of seed \(seed)")
    }
}

extension ArbitraryValues {
    private static let names = [
        "a", "Pod", "Ready", "True", "http", "a-name-that-is-longer-than-fifteen-bytes",
    ]
    /// Texts that one of the formats could take for something else.
    private static let traps = [
        "yes", "null", "~", "1e3", "0x1F", "12", "2026-01-31", "- a", "a: b", "#c", " lead",
        "trail ", "one\ntwo\n", "\ttab", "\"quoted\"", "back\\slash", "é😀", "\u{1}", "\u{2028}",
    ]
    private static let keys = [
        "weft.dev/a", "service.kubernetes.io/topology-mode", "kubernetes.io/service-name", "app",
        "no", "",
    ]
    private static let words = [
        "TCP", "UDP", "SCTP", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "None",
        "ClientIP", "Cluster", "Local", "SingleStack", "PreferDualStack", "IPv4", "IPv6", "FQDN",
        "In", "NotIn", "Exists", "DoesNotExist", "Ingress", "Egress",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    ]
    private static let numbers: [Int64] = [0, 1, 80, 30_080, 65_535, -1, 1 << 31 - 1, 1 << 40]

    mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError) {
        guard random.below(3) > 0 else { return }
        let before = value
        do throws(ObjectError) {
            try value.decode(&self)
        } catch {
            value = before
        }
    }

    mutating func text() -> String {
        (random.below(2) == 0 ? Self.names : Self.traps).randomElement(using: &random) ?? ""
    }

    mutating func integer() -> Int64 { Self.numbers.randomElement(using: &random) ?? 0 }
    mutating func flag() -> Bool { random.below(2) == 0 }
    mutating func time() -> Int64 { Int64(random.below(1 << 31)) - 1000 }

    mutating func numberOrName() -> NumberOrName {
        flag() ? .number(Int32(random.below(1 << 16))) : .name(text())
    }

    mutating func parsed<Value: TextField>(_ type: Value.Type) throws(ObjectError) -> Value {
        let candidates = (Self.words + addresses).shuffled(using: &random)
        let value = candidates.lazy.compactMap { Value(field: $0.utf8.span) }.first
        guard let value else { throw ObjectError("no word fits") }
        return value
    }

    mutating func message<Value: Message>(_ value: inout Value) throws(ObjectError) {
        try value.code(&self)
    }

    mutating func elements(
        _ body: (inout Self) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        for _ in 0..<random.below(4) { try body(&self) }
    }

    mutating func entries(_ body: (String, String) -> Void) {
        for key in Self.keys where flag() { body(key, text()) }
    }

    func error(_ problem: String) -> ObjectError { ObjectError(problem) }
}
