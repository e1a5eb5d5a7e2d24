/// What a block says of all its directives.
struct BlockContext {
    /// What it is for: the zones of directives that name none.
    let zones: [DomainName]
    /// Where relative paths begin; nil for where the process is.
    let root: String?
}
