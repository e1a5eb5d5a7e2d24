/// A bar of a length between none and all of its room, in eighths of a column.
enum Bar {
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// Something that is more than nothing is seen.
    static func text(_ value: Double, of largest: Double, columns: Int) -> String {
        guard value > 0, largest > 0 else { return "" }
        let share = min(1, value / largest)
        let parts = max(1, Int((share * Double(columns * eighths.count)).rounded()))
        let (whole, rest) = parts.quotientAndRemainder(dividingBy: eighths.count)
        return String(repeating: "█", count: whole) + eighths[rest]
    }
}
