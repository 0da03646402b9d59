using Xunit;

namespace Tests.BadInput;

/// <summary>Wrong use: told before anything is touched, with the nearest word that would have been right.</summary>
public sealed class ConfigurationTests : IDisposable
{
    readonly Board board = new();

    [Fact]
    public async Task Two_feeds_of_one_name_are_both_named()
    {
        board.Feed();
        File.Copy(Path.Combine(board.Feeds, "board.yml"), Path.Combine(board.Feeds, "other.yml"));

        await RefusedAsync("two feeds are called 'board': board.yml and other.yml");
    }

    [Theory]
    [InlineData("provinse: Cần Thơ", "wrong.yml › line 2: unknown key 'provinse'; did you mean 'province'?")]
    [InlineData("persons: maybe", "wrong.yml › line 2: 'maybe' is none of drop, keep")]
    [InlineData("max_rejected: many", "wrong.yml › line 2: 'many' is neither a number of rows nor a share such as '2 %'")]
    [InlineData("[a]: b", "wrong.yml › line 2: a key must be a single value")]
    [InlineData("title: [", "wrong.yml › line ")]
    public async Task A_feed_that_is_not_understood_is_refused_by_line(string second, string told)
    {
        File.WriteAllText(Path.Combine(board.Feeds, "wrong.yml"), $"feed: wrong\n{second}\nsource: {{ kind: csv, folder: x }}\nrecords: {{}}\n");

        await RefusedAsync(told);
    }

    [Fact]
    public async Task A_setting_of_a_source_that_nobody_knows_is_refused()
    {
        board.Feed(source: $"kind: csv, foldr: {board.Drop}");

        await RefusedAsync("source csv › foldr: no such setting; did you mean 'folder'?");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        board.Feed(source: $"kind: csv, folder: {board.PathOf("nowhere")}");

        await RefusedAsync($"folder '{board.PathOf("nowhere")}' does not exist");
    }

    [Theory]
    [InlineData("'mesure' is no word of 'analytics'; did you mean 'measure'?", "mesure", "assigned")]
    [InlineData("'--fed' is no option of 'analytics run'; did you mean '--feed'?", "run", "--fed", "board")]
    [InlineData("'lst' is no word of 'analytics quarantine'; did you mean 'list'?", "quarantine", "lst")]
    [InlineData("'cvs'", "measure", "assigned", "--format", "cvs")]
    [InlineData("there is no feed 'bord'; did you mean 'board'?", "run", "--feed", "bord", "--feeds", "{feeds}")]
    [InlineData("unknown engine 'duckbd'", "status", "--engine", "duckbd")]
    public async Task A_command_that_nobody_knows_is_refused(string told, params string[] arguments)
    {
        board.Feed();
        using var program = Analytics.Start(arguments.Select(argument => argument.Replace("{feeds}", board.Feeds)).Concat(["--home", board.Home]));
        var ended = await program.EndAsync();

        Assert.Contains(told, ended.Complaints);
        Assert.Equal(2, ended.Code);
    }

    [Fact]
    public async Task A_question_about_something_unknown_is_answered_with_the_nearest()
    {
        board.Feed().Write("task_1.csv", Board.Head + Board.Rows(1, 1));
        await board.RunWellAsync();
        foreach (var (told, arguments) in ((string, string[])[])
        [
            ("there is no measure 'asigned'; did you mean 'assigned'?", ["asigned"]),
            ("there is no dimension 'provence'; did you mean 'province'?", ["assigned", "--by", "provence"]),
            ("there is no province 'Cần Tho'; did you mean 'Cần Thơ'?", ["assigned", "--where", "province=Cần Tho"]),
            ("'2025-02-31' is not a day; write yyyy-MM-dd", ["assigned", "--as-of", "2025-02-31"]),
            ("the window ends before it begins", ["assigned", "--from", "2025-02-01", "--to", "2025-01-01"]),
        ])
        {
            var ended = await board.CallAsync(["measure", .. arguments]);
            Assert.Contains(told, ended.Complaints);
            Assert.Equal(2, ended.Code);
        }
        foreach (var (told, arguments) in ((string, string[])[])
        [
            ("there is no report 'scorcard'; did you mean 'scorecard'?", ["scorcard"]),
            ("report scorecard has no parameter 'assigned_ovr'; did you mean 'assigned_over'?", ["scorecard", "--set", "assigned_ovr=3"]),
            ("report urging_list has no parameter 'from'", ["urging_list", "--from", "2025-01-01"]),
            ("'many' is not a whole number for assigned_over", ["scorecard", "--set", "assigned_over=many"]),
            ("'fallen' is no completed_base; known are 'assigned', 'due'", ["scorecard", "--set", "completed_base=fallen"]),
            ("'assigned_over' sets no parameter; write NAME=VALUE", ["scorecard", "--set", "assigned_over"]),
            ("there is no province 'Cần Tho'; did you mean 'Cần Thơ'?", ["scorecard", "--province", "Cần Tho"]),
            ("'2025-02-31' is not a day for as_of; write yyyy-MM-dd", ["scorecard", "--as-of", "2025-02-31"]),
            ("the window ends before it begins", ["scorecard", "--from", "2025-02-01", "--to", "2025-01-01"]),
        ])
        {
            var ended = await board.CallAsync(["report", .. arguments]);
            Assert.Contains(told, ended.Complaints);
            Assert.Equal(2, ended.Code);
        }
        var sql = await board.CallAsync("sql", "select titel from warehouse.fact_task");
        Assert.Contains("the database refused: ", sql.Complaints);
        Assert.Equal(2, sql.Code);
    }

    [Fact]
    public async Task A_question_before_the_first_load_says_what_to_do()
    {
        var ended = await board.CallAsync("measure", "assigned");

        Assert.Contains("nothing is published yet", ended.Complaints);
        Assert.Equal(3, ended.Code);
    }

    [Fact]
    public async Task A_home_that_cannot_be_a_folder_is_named()
    {
        File.WriteAllText(board.Home, "not a folder");
        var ended = await board.Feed().RunAsync();

        Assert.Contains(board.Home, ended.Complaints);
        Assert.Equal(3, ended.Code);
    }

    async Task RefusedAsync(string told)
    {
        var ended = await board.RunAsync();
        Assert.Contains(told, ended.Complaints);
        Assert.Equal(2, ended.Code);
    }

    public void Dispose() => board.Dispose();
}
