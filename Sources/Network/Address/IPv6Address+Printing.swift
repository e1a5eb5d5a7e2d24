extension IPv6Address: CustomStringConvertible {
    /// The text `inet_ntop` gives, which is RFC 5952's canonical one.
    package var description: String {
        var text = TextBuffer()
        text.append(self)
        return text.string
    }

    /// The longest run of two or more zero groups, the first of several: RFC 5952 section 4.2.
    var longestZeroRun: Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in 0..<8 {
            if group(index) != 0 {
                start = index + 1
            } else if index + 1 - start > max(longest.count, 1) {
                longest = start..<index + 1
            }
        }
        return longest
    }

    /// Whether the last four bytes are printed as an IPv4 address.
    ///
    /// That is so for ::ffff:0:0/96 and, unless the seventh group is zero too, for ::/96.
    func endsAsIPv4(zeros: Range<Int>) -> Bool {
        zeros == 0..<6 || zeros == 0..<5 && group(5) == 0xFFFF
    }
}

extension TextBuffer {
    mutating func append(_ address: IPv6Address) {
        let zeros = address.longestZeroRun
        let end = address.endsAsIPv4(zeros: zeros) ? 6 : 8
        var index = 0
        while index < end {
            if index == zeros.lowerBound, !zeros.isEmpty {
                append(Ascii.colon)
                index = zeros.upperBound
                if index == 8 { append(Ascii.colon) }
            } else {
                if index > 0 { append(Ascii.colon) }
                append(hexadecimal: address.group(index))
                index += 1
            }
        }
        guard end == 6 else { return }
        append(Ascii.colon)
        append(IPv4Address(rawValue: UInt32(truncatingIfNeeded: address.low)))
    }
}
