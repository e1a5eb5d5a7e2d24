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

    /// Writes a verdict's number, and its chain's name unless that is empty, in their wrappings.
    mutating func put(
        _ type: some RawRepresentable<UInt32>, verdict code: Int32, chain: Span<UInt8>
    ) {
        let data = beginNest(type)
        let nest = beginNest(NFTA_DATA_VERDICT)
        put(NFTA_VERDICT_CODE, number: UInt32(bitPattern: code))
        // The kernel takes names with and without their terminating NUL.
        if !chain.isEmpty { put(NFTA_VERDICT_CHAIN, bytes: chain) }
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
}
