/// One thing that is looked at: a judgement of what is known of the machine.
package struct Check: Sendable {
    package let name: String
    /// What it looks at, for people.
    package let subject: String
    let judge: @Sendable (MachineFacts) -> [Finding]

    init(
        _ name: String, _ subject: String, _ judge: @escaping @Sendable (MachineFacts) -> [Finding]
    ) {
        self.name = name
        self.subject = subject
        self.judge = judge
    }

    package static let all = kernel + links + rules + files + pods + services
}
