package import Platform

/// Where the text of a configuration comes from.
package struct CorefileSource {
    package typealias Failure = PlatformError

    /// The value of a variable; nil when it is not set.
    package var environment: (String) -> String?
    package var read: (String) throws(Failure) -> [UInt8]
    /// The names in a directory.
    package var list: (String) throws(Failure) -> [String]

    package init(
        environment: @escaping (String) -> String? = { _ in nil },
        read: @escaping (String) throws(Failure) -> [UInt8],
        list: @escaping (String) throws(Failure) -> [String]
    ) {
        (self.environment, self.read, self.list) = (environment, read, list)
    }

    /// This machine's files, and this process's environment.
    package static var system: CorefileSource {
        CorefileSource(
            environment: { Environment.value(of: $0) },
            read: { path throws(Failure) in
                try File.read(path, limit: CorefileLexer.longestFile)
            },
            list: { path throws(Failure) in try Directory.list(path) })
    }
}
