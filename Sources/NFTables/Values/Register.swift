/// One of the sixteen four-byte registers that a rule's expressions hand values through.
package struct Register: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// 0 to 15.
    package let index: UInt8

    package init(_ index: Int) { self.index = UInt8(clamping: index) }
    package init(integerLiteral index: Int) { self.init(index) }
}

extension Register {
    // The kernel knows four wide registers (1 to 4, sixteen bytes each) and the same memory as
    // sixteen narrow ones (8 to 23). It reports those that begin a wide one by the wide number.
    private static let narrowBase: UInt32 = 8
    private static let narrowPerWide: UInt32 = 4

    /// The number the kernel reports for this register.
    var number: UInt32 {
        let index = UInt32(index)
        return index % Self.narrowPerWide == 0
            ? 1 + index / Self.narrowPerWide : Self.narrowBase + index
    }

    /// The register behind a kernel number; nil for the verdict register and unknown ones.
    init?(number: UInt32) {
        switch number {
        case 1...4: self.init(Int((number - 1) * Self.narrowPerWide))
        case 8...23: self.init(Int(number - Self.narrowBase))
        default: return nil
        }
    }
}

extension Register: CustomStringConvertible {
    package var description: String { "reg \(number)" }
}
