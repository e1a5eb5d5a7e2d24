import Platform

/// Programs of the machine.
enum Installed {
    /// sbin may be missing in the PATH of ordinary users.
    private static let further = [
        "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin",
    ]

    /// The path of a program; nil if it is not installed.
    static func path(of name: String) -> String? {
        let path = Environment.value(of: "PATH")?.split(separator: ":").map(String.init) ?? []
        return (path + further).lazy.map { "\($0)/\(name)" }.first {
            (try? File.status($0))?.kind == .file
        }
    }
}
