import Platform

/// A colour as a browser tells it, with the contrast that WCAG 2 defines.
struct Colour {
    private let parts: [Double]

    /// Reads `rgb(11, 98, 168)`.
    init?(_ text: String?) {
        let numbers = (text ?? "").split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
        guard numbers.count >= 3 else { return nil }
        parts = numbers.prefix(3).map { $0 / 255 }
    }

    var luminance: Double {
        let linear = parts.map { part in
            part <= 0.03928
                ? part / 12.92
                : Double.power(ofTen: 2.4 * ((part + 0.055) / 1.055).decimalLogarithm)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    func contrast(to other: Colour) -> Double {
        let both = [luminance, other.luminance].sorted()
        return (both[1] + 0.05) / (both[0] + 0.05)
    }
}
