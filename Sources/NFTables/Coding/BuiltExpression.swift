import CNftnl
import Netlink

/// A libnftnl expression with one owner.
@safe
struct BuiltExpression: ~Copyable {
    private let pointer: OpaquePointer

    /// More bytes than any one valid expression takes in a message: names and prefixes are at most
    /// 255 bytes, values 64, and a dynamic set carries at most two expressions.
    private static let maximumSize = 4096

    init(_ expression: Expression) throws(NFTablesError) {
        try expression.validate()
        let kind = expression.name
        guard let coding = expression.coding, let pointer = unsafe nftnl_expr_alloc(kind) else {
            throw NFTablesError(
                .unsupported, "write expression \(kind)", text: "libnftnl does not know it")
        }
        unsafe self.pointer = pointer
        coding.build(unsafe ExpressionBuilder(borrowing: pointer))
    }

    deinit { unsafe nftnl_expr_free(pointer) }

    /// Hands the expression over to a C object that will free it.
    consuming func release() -> OpaquePointer {
        let pointer = unsafe pointer
        discard self
        return unsafe pointer
    }

    /// Writes the expression as the content of an attribute, by default an element of a list.
    borrowing func write(
        into writer: inout MessageWriter, as type: some RawRepresentable<UInt32> = NFTA_LIST_ELEM
    ) {
        let nest = writer.beginNest(type)
        unsafe writer.withMessage(reserving: Self.maximumSize) { message in
            unsafe nftnl_expr_build_payload(message, pointer)
        }
        writer.end(nest)
    }

    /// The expression as `nft --debug=netlink` prints it.
    var text: String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.maximumSize) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            unsafe buffer.initialize(repeating: 0)
            _ = unsafe nftnl_expr_snprintf(
                start, buffer.count, pointer, NFTNL_OUTPUT_DEFAULT.rawValue, 0)
            return unsafe String(cString: start)
        }
    }
}

extension ExpressionBuilder {
    /// Gives a dynamic set's new elements an expression.
    borrowing func add(_ field: Int, _ inner: Expression) {
        // An expression that cannot be built was refused when the outer one was validated.
        guard let built = try? BuiltExpression(inner) else { return }
        unsafe add(field, owned: built.release())
    }
}

extension Expression: CustomStringConvertible {
    package var description: String {
        guard let built = try? BuiltExpression(self) else { return "[ \(name) ]" }
        let text = built.text
        return text.isEmpty ? "[ \(name) ]" : "[ \(name) \(text)]"
    }
}
