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

    func weft(_ arguments: [String]) -> Program {
        Program(weft, arguments, environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"])
    }
}
