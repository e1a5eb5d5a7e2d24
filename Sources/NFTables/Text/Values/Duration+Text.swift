/// A time as nft writes it: 3h, 1m30s, 500ms.
func nftDuration(milliseconds: UInt64) -> String {
    let units: [(String, UInt64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
    var rest = milliseconds
    var text = ""
    for (name, unit) in units where rest >= unit {
        text += "\(rest / unit)\(name)"
        rest %= unit
    }
    return text.isEmpty ? "0s" : text
}
