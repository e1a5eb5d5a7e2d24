extension Double {
    /// The number with so many decimals, and commas between thousands: `25,800` or `0.93`.
    func text(decimals: Int) -> String {
        guard magnitude < Self.longest else { return "\(self)" }
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let all = Int64((magnitude * Double(scale)).rounded())
        let (whole, rest) = all.quotientAndRemainder(dividingBy: scale)
        let sign = self < 0 && all > 0 ? "-" : ""
        guard decimals > 0 else { return sign + Self.grouped(whole) }
        // Digits after a one, which keeps the zeros at the front.
        return sign + Self.grouped(whole) + "." + "\(scale + rest)".dropFirst()
    }

    /// Beyond it, what is behind the point would not fit.
    private static var longest: Double { 1e12 }

    private static func grouped(_ number: Int64) -> String {
        guard number >= 1000 else { return "\(number)" }
        return grouped(number / 1000) + "," + "\(1000 + number % 1000)".dropFirst()
    }

    /// A round number with no more decimals than it has.
    var shortText: String {
        let decimals = (0...Self.mostDecimals).first { count in
            let scaled = (0..<count).reduce(self) { number, _ in number * 10 }
            return (scaled - scaled.rounded()).magnitude < 1e-6
        }
        return text(decimals: decimals ?? Self.mostDecimals)
    }

    /// How many decimals tell three digits that count, and of a whole number of things none.
    var decimals: Int {
        switch magnitude {
        case 0, 100...: 0
        case 10...: 1
        case 1...: 2
        case 0.1...: 3
        case 0.01...: 4
        default: Self.mostDecimals
        }
    }

    private static var mostDecimals: Int { 6 }
}
