import Platform

extension Interruption {
    /// Throws if somebody wants the demonstration to end.
    func check() throws(DemoError) {
        if isWanted {
            throw DemoError(.interrupted, "go on", "a signal came; all is removed")
        }
    }
}
