import CNftnl
import Netlink

/// The shapes that recur in nf_tables messages: kernel numbers as types, big-endian numbers, data.
extension MessageWriter {
    mutating func beginNest(_ type: some RawRepresentable<UInt32>) -> Nest {
        beginNest(Int(type.rawValue))
    }

    mutating func put(_ type: some RawRepresentable<UInt32>, string: String) {
        put(Int(type.rawValue), string: string)
    }

    mutating func put(_ type: some RawRepresentable<UInt32>, number: UInt32) {
        put(Int(type.rawValue), number.bigEndian)
    }

    mutating func put(_ type: some RawRepresentable<UInt32>, number: UInt64) {
        put(Int(type.rawValue), number.bigEndian)
    }

    mutating func put(_ type: some RawRepresentable<UInt32>, bytes: Span<UInt8>) {
        put(Int(type.rawValue), bytes)
    }

    /// Writes a value in its NFTA_DATA_VALUE wrapping.
    mutating func put(_ type: some RawRepresentable<UInt32>, value: Span<UInt8>) {
        let nest = beginNest(type)
        put(NFTA_DATA_VALUE, bytes: value)
        end(nest)
    }

    /// Writes a verdict in its NFTA_DATA_VERDICT wrapping.
    mutating func put(_ type: some RawRepresentable<UInt32>, verdict: Verdict) {
        let data = beginNest(type)
        let nest = beginNest(NFTA_DATA_VERDICT)
        put(NFTA_VERDICT_CODE, number: UInt32(bitPattern: verdict.code))
        if let chain = verdict.chain { put(NFTA_VERDICT_CHAIN, string: chain) }
        end(nest)
        end(data)
    }

    /// Writes a list of expressions.
    mutating func put(
        _ type: some RawRepresentable<UInt32>, expressions: [Expression]
    ) throws(NFTablesError) {
        let nest = beginNest(type)
        for expression in expressions {
            let built = try BuiltExpression(expression)
            built.write(into: &self)
        }
        end(nest)
    }
}

extension MessageWriter {
    /// Writes one expression as the whole content of an attribute.
    mutating func put(
        _ type: some RawRepresentable<UInt32>, expression: Expression
    ) throws(NFTablesError) {
        let built = try BuiltExpression(expression)
        built.write(into: &self, as: type)
    }

    /// Writes a verdict whose chain may be named badly.
    mutating func putChecked(
        _ type: some RawRepresentable<UInt32>, verdict: Verdict
    ) throws(NFTablesError) {
        if let chain = verdict.chain { try Name.validate(chain, of: "chain") }
        put(type, verdict: verdict)
    }
}
