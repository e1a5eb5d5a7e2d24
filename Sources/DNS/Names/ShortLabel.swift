/// A label of at most eight octets as one number, so that it compares as fast as one.
package struct ShortLabel: Hashable, Sendable {
    private let value: UInt64

    /// A label in lower case; one that is longer is equal to none of those below.
    @inline(__always)
    package init(_ label: Span<UInt8>) {
        var value: UInt64 = 0
        if label.count <= 8 {
            for index in label.indices { value = value << 8 | UInt64(label[index]) }
        }
        self.value = value
    }

    @inline(__always)
    private init(value: UInt64) { self.value = value }

    // The octets of what each is called.
    static var svc: ShortLabel { ShortLabel(value: 0x73_76_63) }
    static var pod: ShortLabel { ShortLabel(value: 0x70_6f_64) }
    static var dns: ShortLabel { ShortLabel(value: 0x64_6e_73) }
    static var ns: ShortLabel { ShortLabel(value: 0x6e_73) }
    static var tcp: ShortLabel { ShortLabel(value: 0x5f_74_63_70) }
    static var udp: ShortLabel { ShortLabel(value: 0x5f_75_64_70) }
    static var sctp: ShortLabel { ShortLabel(value: 0x5f_73_63_74_70) }
}
