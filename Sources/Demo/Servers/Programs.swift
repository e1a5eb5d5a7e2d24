import Platform

/// The programs of Weft that the demonstration starts: this one, and the plugins beside it.
struct Programs {
    private let weft: String
    /// Where plugins are.
    let plugins: String

    init() throws(DemoError) {
        let weft = try DemoError.of(.program, "find the running program") {
            try Program.currentFile
        }
        plugins = "/" + weft.split(separator: "/").dropLast().joined(separator: "/")
        self.weft = weft
        guard (try? File.status("\(plugins)/weft-cni")) != nil else {
            throw DemoError(
                .program, "connect pods", "weft-cni is not beside \(weft): build or install both")
        }
    }

    /// Whether a person who writes `weft` means this program.
    var isOnPath: Bool {
        let path = Environment.value(of: "PATH")?.split(separator: ":") ?? []
        let own = try? File.status(weft)?.identity
        let found = path.lazy.compactMap { (try? File.status("\($0)/weft"))?.identity }.first
        return own != nil && found == own
    }

    func weft(_ arguments: [String]) -> Program {
        Program(weft, arguments, environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"])
    }
}
