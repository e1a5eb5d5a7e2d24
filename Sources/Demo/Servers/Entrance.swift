import Platform

/// Runs a person's command in a machine of a demonstration that was kept.
package enum Entrance {
    /// Becomes the command, in the network of a node, a pod or the machine outside; only failure
    /// returns.
    ///
    /// In a pod, names are looked up as the pod's programs would.
    package static func enter(
        _ name: String, _ command: [String], in directory: RunDirectory
    ) throws(DemoError) {
        try DemoError.of(.state, "enter \(name)") {
            let names = try machines(of: directory)
            guard names.contains(name) else {
                throw DemoError(
                    .state, "enter \(name)",
                    names.isEmpty
                        ? "no cluster was kept: 'weft demo --keep' makes one"
                        : "there are " + names.joined(separator: ", "))
            }
            try NetworkNamespace(path: directory.namespace(name)).enter()
            if try File.status(directory.manifest("pod-\(name)")) != nil {
                try MountNamespace.separate()
                try MountNamespace.lay(directory.resolverFile, over: "/etc/resolv.conf")
            }
            let shell = Environment.value(of: "SHELL") ?? "/bin/sh"
            let words = command.isEmpty ? [shell] : command
            try Program(words[0], Array(words.dropFirst()), environment: Environment.all)
                .replaceProcess()
        }
    }

    private static func machines(of directory: RunDirectory) throws(PlatformError) -> [String] {
        guard try File.status(directory.namespaces) != nil else { return [] }
        return try Directory.list(directory.namespaces)
    }
}
