import Platform

/// Measures pods that `weft-cni` adds and deletes, beside the reference plugins.
package struct PodSuite: Suite {
    private let settings: PodSettings

    package init(_ settings: PodSettings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        let reference = try referenceDirectory(observer)
        let scratch = try ScratchDirectory(in: settings.state)
        let suites = try PluginSuites(
            weft: settings.plugin, reference: reference, in: scratch.path)
        let bench = PodBench(settings, suites, in: scratch.path)
        try bench.measureChains(observer)
        try bench.measureLeases(observer)
        try bench.measureGrowth(observer)
        try bench.measureCrowds(observer)
        try bench.measureQuestions(observer)
        try bench.countProcesses(observer)
    }

    /// Nil, and a word to the reader, if any of the plugins is missing.
    private func referenceDirectory(_ observer: Observer) throws -> String? {
        let missing = PluginSuites.referencePlugins.filter {
            (try? File.status("\(settings.reference)/\($0)")) == nil
        }
        if missing.isEmpty { return settings.reference }
        try observer.tell(
            .note(
                "\(missing.joined(separator: ", ")) of the reference plugins not in "
                    + "\(settings.reference), and so not measured"))
        return nil
    }
}
