extension Chain {
    /// What makes the chain, but not its rules: nft's lines.
    func nftProperties() throws(NFTablesError) -> [String] {
        var lines = [String]()
        if let base { lines.append(try base.nftText()) }
        if let comment { lines.append("comment \(try comment.nftQuoted());") }
        return lines
    }
}

extension Chain.Base {
    fileprivate func nftText() throws(NFTablesError) -> String {
        var names = [String]()
        for device in devices { names.append(try device.nftQuoted()) }
        let place =
            switch names.count {
            case 0: ""
            case 1: " device \(names[0])"
            default: " devices = { \(names.joined(separator: ", ")) }"
            }
        return "type \(kind.rawValue) hook \(hook.rawValue)\(place) priority \(priority); "
            + "policy \(policy == .accept ? "accept" : "drop");"
    }
}

extension Table {
    func nftProperties() throws(NFTablesError) -> [String] {
        guard flags.isSubset(of: .dormant) else {
            // An owned table goes with the socket that made it: nft's own.
            throw .unwritable("a table with an owner")
        }
        var lines = [String]()
        if let comment { lines.append("comment \(try comment.nftQuoted())") }
        if flags.contains(.dormant) { lines.append("flags dormant") }
        return lines
    }
}
