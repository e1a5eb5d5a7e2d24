import CNftnl

/// Fills one libnftnl expression in.
///
/// It borrows the expression for the time of building: the rule it is added to owns it.
@safe
struct ExpressionBuilder: ~Copyable {
    private let expression: OpaquePointer

    init(borrowing expression: OpaquePointer) { unsafe self.expression = expression }

    borrowing func set(_ field: Int, _ number: UInt32) {
        unsafe nftnl_expr_set_u32(expression, UInt16(truncatingIfNeeded: field), number)
    }

    borrowing func set(_ field: Int, _ number: UInt64) {
        unsafe nftnl_expr_set_u64(expression, UInt16(truncatingIfNeeded: field), number)
    }

    borrowing func set(_ field: Int, byte number: UInt8) {
        unsafe nftnl_expr_set_u8(expression, UInt16(truncatingIfNeeded: field), number)
    }

    borrowing func set(_ field: Int, short number: UInt16) {
        unsafe nftnl_expr_set_u16(expression, UInt16(truncatingIfNeeded: field), number)
    }

    borrowing func set(_ field: Int, _ register: Register) { set(field, register.number) }

    borrowing func set(_ field: Int, _ text: String) {
        _ = unsafe nftnl_expr_set_str(expression, UInt16(truncatingIfNeeded: field), text)
    }

    borrowing func set(_ field: Int, _ value: Value) {
        unsafe value.bytes.withUnsafeBytes { bytes in
            _ = unsafe nftnl_expr_set(
                expression, UInt16(truncatingIfNeeded: field), bytes.baseAddress,
                UInt32(bytes.count))
        }
    }

    /// Hands over an expression that belongs to this one (what a dynamic set gives its elements).
    borrowing func add(_ field: Int, owned inner: OpaquePointer) {
        unsafe nftnl_expr_add_expr(expression, UInt32(field), inner)
    }
}
