import Bench
import Support

/// The option that names programs to measure beside Weft.
func peerOption(_ names: [String]) -> Option {
    Option(
        "peer", value: "NAME=PATH", isList: true,
        help: "A program to measure beside Weft: \(names.joined(separator: ", "))")
}

extension Arguments {
    /// The programs that a user has given, of these names.
    func peers(_ names: [String]) throws(BenchError) -> PeerPaths {
        try PeerPaths(text("peer") ?? "", known: names)
    }
}
